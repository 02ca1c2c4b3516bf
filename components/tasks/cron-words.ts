import cronstrue from "cronstrue";

const known = new Map<string, string | null>();

/** A cron expression in words, `At 02:00, every day`; null where there are none. A list repeats a few dozen expressions. */
export function cronInWords(expression: string): string | null {
  let words = known.get(expression);
  if (words === undefined) {
    words = translate(expression);
    known.set(expression, words);
  }
  return words;
}

function translate(expression: string): string | null {
  try {
    return cronstrue.toString(expression, { use24HourTimeFormat: true, verbose: false });
  } catch {
    return null;
  }
}

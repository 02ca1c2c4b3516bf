import cronstrue from "cronstrue";

const known = new Map<string, string | null>();

/**
 * A cron expression in words, `Every day at 02:00`; null where there are none. A list repeats a few dozen
 * expressions.
 */
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
    const words = cronstrue.toString(expression, { use24HourTimeFormat: true, verbose: false });
    // `At 02:00` alone does not say that it is every day.
    return /^At [\d:]+$/.test(words) ? words.replace("At", "Every day at") : words;
  } catch {
    return null;
  }
}

/** A run of lines that the base has as well, or text that it has not. */
type Step = [start: number, lines: number] | string;

/** What makes `text` out of `base`, as JSON: few bytes when they have most lines in common. */
export function lineDelta(base: Buffer, text: Buffer): string {
  const [before, after] = [linesOf(base), linesOf(text)];
  const places = new Map<string, number>();
  before.forEach((line, at) => places.set(line, at));
  const steps: Step[] = [];
  let next = 0;
  for (let at = 0; at < after.length;) {
    const line = after[at] ?? "";
    // Going on where the last run ended is best, as the same line may stand in many places.
    const from = before[next] === line ? next : places.get(line);
    if (from === undefined) {
      const last = steps.at(-1);
      if (typeof last === "string") steps[steps.length - 1] = last + line;
      else steps.push(line);
      at += 1;
      continue;
    }
    let length = 1;
    while (at + length < after.length && before[from + length] === after[at + length]) length += 1;
    steps.push([from, length]);
    at += length;
    next = from + length;
  }
  return JSON.stringify(steps);
}

/** The text that `lineDelta` was made from. */
export function applyLineDelta(base: Buffer, delta: string): Buffer {
  const before = linesOf(base);
  const steps = JSON.parse(delta) as Step[];
  const parts = steps.map((step) =>
    typeof step === "string" ? step : before.slice(step[0], step[0] + step[1]).join(""),
  );
  return Buffer.from(parts.join(""), "latin1");
}

/** One character for each byte, so that any bytes survive. */
function linesOf(bytes: Buffer): string[] {
  return bytes.toString("latin1").match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

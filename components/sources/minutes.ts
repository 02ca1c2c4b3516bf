const UNITS: readonly [name: string, minutes: number][] = [
  ["d", 1_440],
  ["h", 60],
  ["min", 1],
  ["s", 1 / 60],
];
const SIZE: Record<string, number> = { d: 1_440, h: 60, min: 1, m: 1, s: 1 / 60, sec: 1 / 60 };

/** `5 min`, `30 s`, `2 h`, `1 h 30 min`: the shortest text that is exact to the second. */
export function minutesInWords(minutes: number): string {
  let seconds = Math.round(minutes * 60);
  const parts: string[] = [];
  for (const [name, size] of UNITS) {
    const count = Math.floor(seconds / Math.round(size * 60));
    if (count === 0) continue;
    parts.push(`${count} ${name}`);
    seconds -= count * Math.round(size * 60);
  }
  return parts.join(" ") || "0 s";
}

/** Minutes from typed text: `5`, `90s`, `1h 30`, `0.5 h`. Null when the text is not a length of time. */
export function typedMinutes(text: string): number | null {
  const parts = [
    ...text
      .trim()
      .toLowerCase()
      .matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)\s*/g),
  ];
  if (parts.length === 0 || parts.map(([all]) => all).join("") !== text.trim().toLowerCase()) return null;
  let sum = 0;
  for (const [, count, unit = ""] of parts) {
    const size = SIZE[unit === "" ? "min" : unit];
    if (size === undefined) return null;
    sum += Number(count) * size;
  }
  return sum;
}

/** `4:05`, `1:02:09`, `3 d 4 h`: the time left; `now` when it is over. Both arguments are in milliseconds. */
export function countdown(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1_000);
  if (seconds <= 0) return "now";
  if (seconds >= 86_400)
    return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3_600)} h`;
  const two = (count: number) => String(count).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

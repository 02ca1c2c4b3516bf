/** A calendar day in a time zone. */
export interface ZoneDay {
  /** The day's first moment and the first moment after it, in milliseconds since the epoch. */
  start: number;
  end: number;
  /** The date as a time in UTC: midnight of the same year, month and day. */
  date: number;
  /** True when the clocks do not change on this day: it has 24 hours of 60 minutes, counted from `start`. */
  plain: boolean;
}

const DAY = 86_400_000;

/** The days of the zone that overlap `from` up to `until` (milliseconds), in order. */
export function zoneDays(timezone: string, from: number, until: number): ZoneDay[] {
  const days: ZoneDay[] = [];
  let date = Math.floor((from + offsetAt(timezone, from)) / DAY) * DAY;
  for (let start = startOf(timezone, date); start < until; date += DAY) {
    const end = startOf(timezone, date + DAY);
    const plain = end - start === DAY && offsetAt(timezone, start) === offsetAt(timezone, end - 1);
    if (end > from) days.push({ start, end, date, plain });
    start = end;
  }
  return days;
}

/** When the day begins: at midnight, or at the clock change when midnight is skipped. */
function startOf(timezone: string, date: number): number {
  const guess = date - offsetAt(timezone, date);
  const better = date - offsetAt(timezone, guess);
  // Both are the same except on days around a clock change. Then the right one reads as midnight or later.
  const candidates = [better, guess].sort((a, b) => a - b);
  return candidates.find((each) => each + offsetAt(timezone, each) >= date) ?? better;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
export function offsetAt(timezone: string, at: number): number {
  let format = formats.get(timezone);
  if (!format) {
    const digits = {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    } as const;
    format = new Intl.DateTimeFormat("en-US", { timeZone: timezone, hourCycle: "h23", ...digits });
    formats.set(timezone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const shown = Date.UTC(
    get("year"),
    get("month") - 1,
    get("day"),
    get("hour"),
    get("minute"),
    get("second"),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

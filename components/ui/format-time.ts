/**
 * Seconds of each unit, and the number of seconds from which it is used, so that 59.6 minutes read as one
 * hour.
 */
const UNITS: readonly [Intl.RelativeTimeFormatUnit, number, number][] = [
  ["year", 365 * 86_400, 350 * 86_400],
  ["month", 30 * 86_400, 29.5 * 86_400],
  ["day", 86_400, 23.5 * 3_600],
  ["hour", 3_600, 59.5 * 60],
  ["minute", 60, 0],
];

const relative = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" });
const absolutes = new Map<string, Intl.DateTimeFormat>();

/**
 * `in 5 min.` without the dot, `2 days ago`; below three quarters of a minute `just now` or `in a moment`.
 * `now` in ms.
 */
export function formatRelative(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1_000;
  const distance = Math.abs(seconds);
  if (distance < 45) return seconds > 5 ? "in a moment" : "just now";
  const [unit, size] = UNITS.find(([, , from]) => distance >= from) ?? (["minute", 60] as const);
  return relative.format(Math.round(seconds / size), unit).replace(/\.(?= ago$|$)/, "");
}

/** `36 min`, `2 days`, for a duration of at least a minute in ms. */
export function durationInWords(ms: number): string {
  return formatRelative(new Date(ms).toISOString(), 0).replace(/^in /, "");
}

/** `2026-01-31 03:00 UTC`, `2026-01-31 04:00 Europe/Berlin`; a zone that does not exist is shown in UTC. */
export function formatAbsolute(at: string, timezone: string): string {
  const [formatter, shown] = formatterFor(timezone);
  const parts = new Map(formatter.formatToParts(new Date(at)).map((part) => [part.type, part.value]));
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  return `${get("year")}-${get("month")}-${get("day")} ${get("hour")}:${get("minute")} ${shown}`;
}

const zoned = new Map<string, Intl.DateTimeFormat>();

/** `1 Dec, 02:00 GMT+1`: short, in the time zone, and with its name; a zone that does not exist is shown in UTC. */
export function formatZoned(at: string, timezone: string): string {
  let formatter = zoned.get(timezone);
  if (!formatter) {
    const [, timeZone] = formatterFor(timezone);
    formatter = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      ...({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const),
      timeZoneName: "short",
    });
    zoned.set(timezone, formatter);
  }
  return formatter.format(new Date(at));
}

function formatterFor(timezone: string): [Intl.DateTimeFormat, string] {
  let formatter = absolutes.get(timezone);
  if (!formatter) {
    try {
      formatter = new Intl.DateTimeFormat("en", {
        timeZone: timezone,
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      });
    } catch {
      return formatterFor("UTC");
    }
    absolutes.set(timezone, formatter);
  }
  return [formatter, timezone];
}

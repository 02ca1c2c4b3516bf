import { isTimezone } from "./cron.ts";
import { offsetAt } from "./zone-days.ts";

/** How far a zone's clocks are ahead of UTC at a minute since the epoch, in minutes. */
export type Clock = (minute: number) => number;

const DAY = 24 * 60;
const MINUTE_MS = 60_000;

/**
 * The clock of a zone, right for the minutes `from` up to `until`. Asking Intl takes microseconds, so the zone is asked
 * once a day, and between two days that differ the change is found to the minute. A zone that does not exist reads as UTC.
 */
export function zoneClock(timezone: string, from: number, until: number): Clock {
  if (timezone === "UTC" || !isTimezone(timezone)) return () => 0;
  const ahead = (minute: number) => offsetAt(timezone, minute * MINUTE_MS) / MINUTE_MS;
  const steps = [{ from, ahead: ahead(from) }];
  for (let day = from; day < until; day += DAY) {
    const before = steps.at(-1)?.ahead ?? 0;
    const after = ahead(day + DAY);
    if (after !== before) steps.push({ from: changeBetween(day, day + DAY, before, ahead), ahead: after });
  }
  const [first, ...changes] = steps;
  const start = first?.ahead ?? 0;
  if (changes.length === 0) return () => start;
  return (minute) => changes.findLast((change) => change.from <= minute)?.ahead ?? start;
}

/** The first minute after `from` at which the clocks no longer show `before`. */
function changeBetween(from: number, until: number, before: number, ahead: Clock): number {
  let [low, high] = [from, until];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (ahead(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

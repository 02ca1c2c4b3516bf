import { Cron } from "croner";

// Parsing an expression takes some 50 microseconds; a schedule of 100 000 tasks uses a few dozen different
// ones.
const judged = new Map<string, string | null>();
const MAX_JUDGED = 1_000;

/** Why the text is not a cron expression, as a message for people; null when it is one. */
export function cronError(expression: string): string | null {
  const known = judged.get(expression);
  if (known !== undefined) return known;
  if (judged.size >= MAX_JUDGED) judged.clear();
  const error = judge(expression);
  judged.set(expression, error);
  return error;
}

function judge(expression: string): string | null {
  try {
    const cron = new Cron(expression, { paused: true, timezone: "UTC" });
    // The library also accepts a date, for a job that runs once. A schedule repeats.
    return cron.getPattern() === undefined ? "a date is not a cron expression" : null;
  } catch (error) {
    return error instanceof Error
      ? error.message
          .replace(/^CronPattern: /, "")
          .trim()
          .slice(0, 200)
      : String(error);
  }
}

// Asking Intl takes some 30 microseconds; a schedule of 100 000 tasks names a handful of zones.
const knownTimezones = new Set<string>();

export function isTimezone(name: string): boolean {
  if (knownTimezones.has(name)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    knownTimezones.add(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first time after `after` at which the expression fires in its time zone, as ISO 8601 in UTC with
 * milliseconds. Croner computes it, including daylight saving. Null when the expression never fires again.
 */
export function nextRun(expression: string, timezone: string, after: Date): string | null {
  return nextRuns(expression, timezone, after, 1)[0] ?? null;
}

export function nextRuns(expression: string, timezone: string, after: Date, count: number): string[] {
  return new Cron(expression, { paused: true, timezone })
    .nextRuns(count, after)
    .map((date) => date.toISOString());
}

/** The last times before `before` at which the expression fired, the newest first; fewer where there were fewer. */
export function previousRuns(expression: string, timezone: string, before: Date, count: number): string[] {
  return new Cron(expression, { paused: true, timezone })
    .previousRuns(count, before)
    .map((date) => date.toISOString());
}

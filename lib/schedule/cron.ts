import { Cron } from "croner";

// Parsing one takes some 50 microseconds; a schedule of 100 000 tasks uses a few dozen.
const judged = new Map<string, string | null>();
const MAX_JUDGED = 1_000;

/** Why this is not a cron expression, in plain words, or null when it is one. */
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
    // The library also takes a date for a job that runs once; a schedule repeats.
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

// Asking Intl costs some 30 microseconds; a schedule of 100 000 tasks names a handful of zones.
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
 * The first time after `after` at which the expression fires in its time zone (daylight saving
 * included, as croner computes it), ISO 8601 UTC with milliseconds; null when it never does again.
 */
export function nextRun(expression: string, timezone: string, after: Date): string | null {
  return nextRuns(expression, timezone, after, 1)[0] ?? null;
}

export function nextRuns(expression: string, timezone: string, after: Date, count: number): string[] {
  return new Cron(expression, { paused: true, timezone })
    .nextRuns(count, after)
    .map((date) => date.toISOString());
}

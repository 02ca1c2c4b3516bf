import type { RunSummary } from "../../lib/protocol/run.ts";

export interface DayOfRuns {
  /** `2026-11-22`, in UTC. */
  day: string;
  runs: RunSummary[];
}

/** Runs, newest first, under the days on which they began. */
export function byDay(runs: readonly RunSummary[]): DayOfRuns[] {
  const days: DayOfRuns[] = [];
  for (const run of runs) {
    const day = run.started_at.slice(0, 10);
    const last = days.at(-1);
    if (last?.day === day) last.runs.push(run);
    else days.push({ day, runs: [run] });
  }
  return days;
}

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** `Today`, `Yesterday`, `Sunday, 22 November 2026`. */
export function dayInWords(day: string, now: number): string {
  const distance = Math.round(
    (Date.parse(new Date(now).toISOString().slice(0, 10)) - Date.parse(day)) / 86_400_000,
  );
  if (now !== 0 && distance === 0) return "Today";
  if (now !== 0 && distance === 1) return "Yesterday";
  // Written by hand, because server and browser put commas differently for "en".
  const date = new Date(day);
  return `${WEEKDAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

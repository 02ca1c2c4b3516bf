import type { SourceSettings } from "./settings.ts";

export interface ScheduledSource {
  id: string;
  settings: SourceSettings;
  /** When its next scheduled run is due; null when it never had one. */
  next: Date | null;
}

/** The tick comes once a minute. A source that is due before the next tick runs now, rather than late. */
const HALF_A_TICK_MS = 30_000;

/**
 * The sources that are due now, and when each is due next. Due times advance in steps of the interval, so
 * that delays of the tick do not add up. A shorter interval takes effect at once.
 */
export function dueSources(
  turns: readonly ScheduledSource[],
  now: Date,
): { id: string; settings: SourceSettings; next: Date }[] {
  return turns.flatMap(({ id, settings, next }) => {
    const interval = Math.max(1_000, settings.sync_interval_minutes * 60_000);
    const early = Math.min(HALF_A_TICK_MS, interval / 2);
    const ahead = next === null ? 0 : next.getTime() - now.getTime();
    if (ahead > early && ahead <= interval + early) return [];
    const inStep = next === null || ahead > interval ? now.getTime() : next.getTime();
    const following =
      inStep + interval > now.getTime() + early ? inStep + interval : now.getTime() + interval;
    return [{ id, settings, next: new Date(following) }];
  });
}

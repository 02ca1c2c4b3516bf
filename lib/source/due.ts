import type { SourceSettings } from "./settings.ts";

export interface ScheduledSource {
  id: string;
  settings: SourceSettings;
  /** When it is to have its next turn; null: it never had one. */
  next: Date | null;
}

/** The tick comes once a minute: what falls due before the next one has its turn now rather than late. */
const HALF_A_TICK_MS = 30_000;

/**
 * Whose turn it is, and when the next one is. A turn is given in steps of the interval, so that the
 * tick's own lateness does not add up; a shorter interval takes effect at once.
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

export interface Freshness {
  /** When a run last brought both sides in step or found them in step. */
  lastSuccessAt: Date | null;
  /** When the source was created, from which the time counts while it had no successful run. */
  createdAt: Date;
  thresholdMinutes: number;
}

/** Since when the source's data is stale; null while it is fresh. */
export function staleSince(
  { lastSuccessAt, createdAt, thresholdMinutes }: Freshness,
  now: Date,
): Date | null {
  const since = new Date((lastSuccessAt ?? createdAt).getTime() + thresholdMinutes * 60_000);
  return since < now ? since : null;
}

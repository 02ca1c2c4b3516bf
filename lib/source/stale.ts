export interface Freshness {
  /** When a run last brought both sides in step, or found them so. */
  lastSuccessAt: Date | null;
  /** Counts from here while there was none. */
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

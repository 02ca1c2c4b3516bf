import type { ActivityJson } from "../../lib/protocol/activity.ts";
import { plural } from "../shell/run-words.ts";

export type ActivityBucket = ActivityJson["buckets"][number];

export function runsOf({ succeeded, conflicted, halted, failed }: ActivityBucket): number {
  return succeeded + conflicted + halted + failed;
}

/** `12 runs, 30 changes, 2 failed or halted`. */
export function activityInWords({ buckets }: ActivityJson): string {
  const sum = (of: (bucket: ActivityBucket) => number) =>
    buckets.reduce((total, bucket) => total + of(bucket), 0);
  const bad = sum((bucket) => bucket.failed + bucket.halted);
  const conflicted = sum((bucket) => bucket.conflicted);
  return [
    plural(sum(runsOf), "run"),
    plural(
      sum((bucket) => bucket.changes),
      "change",
    ),
    ...(conflicted > 0 ? [`${conflicted} with conflicts`] : []),
    ...(bad > 0 ? [`${bad} failed or halted`] : []),
  ].join(", ");
}

/** A bucket's label on the axis: the hour, or the day, in UTC. */
export function bucketName(
  { at }: Pick<ActivityBucket, "at">,
  { bucket_ms }: Pick<ActivityJson, "bucket_ms">,
): string {
  const hour = at.slice(11, 16);
  if (bucket_ms <= 3_600_000) return hour;
  const day = new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  return bucket_ms < 86_400_000 ? `${day} ${hour}` : day;
}

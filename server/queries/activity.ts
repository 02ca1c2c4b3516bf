import { ACTIVITY_SPANS, type ActivityJson } from "../../lib/protocol/activity.ts";
import type { ActivityQuery } from "../../lib/protocol/query.ts";
import { activitySince } from "../store/read/activity.ts";

/** Runs and changes over time, up to the bucket of `now`. */
export async function getActivity({ range, source }: ActivityQuery, now: Date): Promise<ActivityJson> {
  const { bucket, buckets } = ACTIVITY_SPANS[range];
  const last = Math.floor(now.getTime() / bucket) * bucket;
  const first = last - (buckets - 1) * bucket;
  const found = new Map(
    (await activitySince(source, new Date(first), bucket)).map((each) => [Date.parse(each.at), each]),
  );
  const none = { succeeded: 0, conflicted: 0, halted: 0, failed: 0, changes: 0 };
  return {
    range,
    bucket_ms: bucket,
    buckets: Array.from({ length: buckets }, (_, i) => {
      const at = first + i * bucket;
      return found.get(at) ?? { at: new Date(at).toISOString(), ...none };
    }),
  };
}

import type { ActivityJson } from "../../../lib/protocol/activity.ts";
import { Prisma } from "../generated/client.ts";
import { prisma } from "../prisma.ts";

export type ActivityBucket = ActivityJson["buckets"][number];

/**
 * Runs since `from`, counted in buckets of `bucketMs` milliseconds that begin at `from`. Empty buckets are
 * left out.
 */
export async function activitySince(
  source: string | undefined,
  from: Date,
  bucketMs: number,
): Promise<ActivityBucket[]> {
  const only = source === undefined ? Prisma.empty : Prisma.sql`AND source = ${source}`;
  const outcome = (name: string) => Prisma.sql`count(*) FILTER (WHERE outcome = ${name})::int`;
  const rows = await prisma().$queryRaw<(Omit<ActivityBucket, "at"> & { bucket: Date })[]>`
    SELECT date_bin(make_interval(secs => ${bucketMs / 1000}), started_at, ${from}::timestamptz) AS bucket,
           ${outcome("succeeded")} AS succeeded, ${outcome("conflicted")} AS conflicted,
           ${outcome("halted")} AS halted, ${outcome("failed")} AS failed,
           sum((counts->>'created')::int + (counts->>'updated')::int
             + (counts->>'deleted')::int)::int AS changes
      FROM runs WHERE started_at >= ${from} ${only} GROUP BY 1 ORDER BY 1`;
  return rows.map(({ bucket, ...counts }) => ({ at: bucket.toISOString(), ...counts }));
}

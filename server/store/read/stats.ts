import { Prisma } from "../generated/client.ts";
import { prisma } from "../prisma.ts";

/** The figures of some runs; durations are in milliseconds. */
export interface RunFigures {
  runs: number;
  succeeded: number;
  conflicted: number;
  halted: number;
  failed: number;
  created: number;
  updated: number;
  deleted: number;
  average: number | null;
  median: number | null;
  p95: number | null;
  longest: number | null;
}

/** The figures of all runs (neither `source` nor `bucket`), of one source, or of one bucket of time. */
export type StatsRow = RunFigures & { source: string | null; bucket: Date | null };

/**
 * Figures of the runs that began since `from`, in one pass: in all, for each source, and for each bucket of
 * `bucketMs` milliseconds. Buckets begin at `from`; sources and buckets without a run are left out.
 */
export async function statsSince(
  source: string | undefined,
  from: Date,
  bucketMs: number,
): Promise<StatsRow[]> {
  const only = source === undefined ? Prisma.empty : Prisma.sql`AND source = ${source}`;
  const outcome = (name: string) => Prisma.sql`count(*) FILTER (WHERE outcome = ${name})::int`;
  const tasks = (name: string) => Prisma.sql`coalesce(sum((counts->>${name})::int), 0)::int`;
  return prisma().$queryRaw<StatsRow[]>`
    SELECT source, bucket, count(*)::int AS runs,
           ${outcome("succeeded")} AS succeeded, ${outcome("conflicted")} AS conflicted,
           ${outcome("halted")} AS halted, ${outcome("failed")} AS failed,
           ${tasks("created")} AS created, ${tasks("updated")} AS updated, ${tasks("deleted")} AS deleted,
           avg(ms)::float8 AS average, percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS median,
           percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) AS p95, max(ms) AS longest
      FROM (SELECT source, outcome, counts,
                   date_bin(make_interval(secs => ${bucketMs / 1000}), started_at, ${from}::timestamptz) AS bucket,
                   greatest(0, extract(epoch FROM finished_at - started_at) * 1000)::float8 AS ms
              FROM runs WHERE started_at >= ${from} ${only}) AS run
     GROUP BY GROUPING SETS ((), (source), (bucket))
     ORDER BY bucket, runs DESC, source`;
}

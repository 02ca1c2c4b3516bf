import { ACTIVITY_SPANS } from "../../lib/protocol/activity.ts";
import type { ActivityQuery } from "../../lib/protocol/query.ts";
import type { StatsFigures, StatsJson } from "../../lib/protocol/stats.ts";
import { type RunFigures, statsSince } from "../store/read/stats.ts";

const HOUR_MS = 3_600_000;

/** Totals, rates and durations of the runs of a range that ends now, in all, by source and by period. */
export async function getStats({ range, source }: ActivityQuery, now: Date): Promise<StatsJson> {
  const { bucket, buckets } = ACTIVITY_SPANS[range];
  const last = Math.floor(now.getTime() / bucket) * bucket;
  const from = new Date(last - (buckets - 1) * bucket);
  const rows = await statsSince(source, from, bucket);
  const hours = (now.getTime() - from.getTime()) / HOUR_MS;
  const total = rows.find((row) => row.source === null && row.bucket === null);
  return {
    range,
    from: from.toISOString(),
    to: now.toISOString(),
    bucket_ms: bucket,
    totals: figuresOf(total ?? NONE, hours),
    sources: rows.flatMap((row) =>
      row.source === null ? [] : [{ source: row.source, ...figuresOf(row, hours) }],
    ),
    buckets: rows.flatMap((row) =>
      row.bucket === null
        ? []
        : [{ at: row.bucket.toISOString(), ...figuresOf(row, hoursOf(row.bucket, bucket, now)) }],
    ),
  };
}

const NONE: RunFigures = {
  ...{ runs: 0, succeeded: 0, conflicted: 0, halted: 0, failed: 0, created: 0, updated: 0, deleted: 0 },
  ...{ average: null, median: null, p95: null, longest: null },
};

/** The length of a bucket; of the last one, how much of it has passed, but at least a minute. */
function hoursOf(bucket: Date, length: number, now: Date): number {
  return Math.max(60_000, Math.min(length, now.getTime() - bucket.getTime())) / HOUR_MS;
}

function figuresOf(row: RunFigures, hours: number): StatsFigures {
  const { runs, succeeded, conflicted, halted, failed, created, updated, deleted } = row;
  const { average, median, p95, longest } = row;
  return {
    ...{ runs, succeeded, conflicted, halted, failed, created, updated, deleted },
    success_rate: runs === 0 ? null : (succeeded + conflicted) / runs,
    runs_per_hour: rounded(runs / hours),
    changes_per_hour: rounded((created + updated + deleted) / hours),
    duration_ms:
      average === null || median === null || p95 === null || longest === null
        ? null
        : {
            average: rounded(average),
            median: rounded(median),
            p95: rounded(p95),
            longest: rounded(longest),
          },
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

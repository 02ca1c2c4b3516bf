import type { ActivityJson } from "../../lib/protocol/activity.ts";
import { bucketName, runsOf } from "./activity-words.ts";

/** The chart's figures as a table, without times in which nothing happened. */
export function ActivityTable({ activity }: { activity: ActivityJson }) {
  const rows = activity.buckets.filter((bucket) => runsOf(bucket) > 0).reverse();
  if (rows.length === 0) return <p className="text-muted py-2">No run in this time.</p>;
  return (
    <div className="max-h-64 overflow-auto" tabIndex={0} role="region" aria-label="Figures of the activity">
      <table className="w-full text-left tabular-nums">
        <thead>
          <tr className="text-muted border-b">
            {["From (UTC)", "Succeeded", "Conflicts", "Halted", "Failed", "Changes"].map((name) => (
              <th key={name} scope="col" className="py-1 pr-3 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((bucket) => (
            <tr key={bucket.at} className="border-b last:border-0">
              <th scope="row" className="py-1 pr-3 font-normal">
                {bucketName(bucket, activity)}
              </th>
              {[bucket.succeeded, bucket.conflicted, bucket.halted, bucket.failed, bucket.changes].map(
                (count, i) => (
                  <td key={i} className="py-1 pr-3">
                    {count}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

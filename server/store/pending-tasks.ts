import type { PendingReason } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { inBatches, toColumns } from "./columns.ts";
import type { Queryable } from "./pool.ts";

/**
 * Stores which of the tasks that a run looked at are pending now.
 * @param before the tasks that were pending before the run.
 * @param again tasks that are pending for the same reason as before, but from now on.
 */
export async function savePending(
  tx: Queryable,
  source: string,
  before: ReadonlyMap<TaskKey, PendingReason>,
  looked: ReadonlySet<TaskKey>,
  pending: ReadonlyMap<TaskKey, PendingReason>,
  again: ReadonlySet<TaskKey>,
): Promise<void> {
  const settled = [...before.keys()].filter((key) => looked.has(key) && !pending.has(key));
  if (settled.length > 0) {
    await tx.query("DELETE FROM pending_tasks WHERE source = $1 AND task_id = ANY($2::text[])", [
      source,
      settled,
    ]);
  }
  const changed = [...pending].filter(([key, reason]) => before.get(key) !== reason || again.has(key));
  await inBatches(changed, (batch) =>
    tx.query(
      `INSERT INTO pending_tasks (source, task_id, reason)
       SELECT $1, given.* FROM unnest($2::text[], $3::text[]) AS given
       ON CONFLICT (source, task_id) DO UPDATE SET reason = excluded.reason, since = now()`,
      [source, ...toColumns(batch, [([key]) => key, ([, reason]) => reason])],
    ),
  );
}

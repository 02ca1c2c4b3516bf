import type { PendingReason } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { inBatches, toColumns } from "./columns.ts";
import type { Queryable } from "./pool.ts";

export interface PendingChange {
  /** The tasks that were pending before the run, and of which the file's text was of an earlier revision. */
  before: { pending: ReadonlyMap<TaskKey, PendingReason>; behind: ReadonlyMap<TaskKey, number> };
  /** The tasks that the run looked at. */
  looked: ReadonlySet<TaskKey>;
  pending: ReadonlyMap<TaskKey, PendingReason>;
  /** Of the pending tasks: those of which the file's text is of an earlier revision, with its position. */
  behind: ReadonlyMap<TaskKey, number>;
  /** Tasks that are pending for the same reason as before, but from now on. */
  again: ReadonlySet<TaskKey>;
}

/** Stores which of the tasks that a run looked at are pending now. */
export async function savePending(
  tx: Queryable,
  source: string,
  { before, looked, pending, behind, again }: PendingChange,
): Promise<void> {
  const settled = [...before.pending.keys()].filter((key) => looked.has(key) && !pending.has(key));
  if (settled.length > 0) {
    await tx.query("DELETE FROM pending_tasks WHERE source = $1 AND task_id = ANY($2::text[])", [
      source,
      settled,
    ]);
  }
  const changed = [...pending].filter(
    ([key, reason]) =>
      before.pending.get(key) !== reason || before.behind.get(key) !== behind.get(key) || again.has(key),
  );
  await inBatches(changed, (batch) =>
    tx.query(
      `INSERT INTO pending_tasks (source, task_id, reason, file_position)
       SELECT $1, given.* FROM unnest($2::text[], $3::text[], $4::bigint[]) AS given
       ON CONFLICT (source, task_id) DO UPDATE
         SET reason = excluded.reason, file_position = excluded.file_position, since = now()`,
      [
        source,
        ...toColumns(batch, [([key]) => key, ([, reason]) => reason, ([key]) => behind.get(key) ?? null]),
      ],
    ),
  );
}

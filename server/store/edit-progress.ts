import type { Problem } from "../../lib/problem.ts";
import type { PendingReason } from "../../lib/sync/types.ts";
import type { Queryable } from "./pool.ts";

export interface EditProgress {
  /** Of the source, where it is known. */
  kind?: string;
  pending: PendingReason | null;
  /** Why the task has an open conflict. */
  conflict: string | null;
  /** True while no run has looked at the edit. */
  waiting: boolean;
  halted: string | null;
  problems: Problem[];
}

/** What is known about an edit's way to the other side, from one query. */
export async function loadEditProgress(db: Queryable, source: string, key: string): Promise<EditProgress> {
  const { rows } = await db.query<EditProgress>(
    `SELECT (SELECT reason FROM pending_tasks WHERE source = $1 AND task_id = $2) AS pending,
            (SELECT reason FROM conflicts WHERE source = $1 AND task_id = $2
              AND state = 'pending') AS conflict,
            EXISTS (SELECT 1 FROM task_edits WHERE source = $1 AND (task_id = $2
              OR task_id IS NULL)) AS waiting,
            s.kind, s.halt ->> 'reason' AS halted, coalesce(s.problems, '[]') AS problems
       FROM (SELECT 1) AS one LEFT JOIN sources s ON s.id = $1`,
    [source, key],
  );
  return rows[0] ?? { pending: null, conflict: null, waiting: false, halted: null, problems: [] };
}

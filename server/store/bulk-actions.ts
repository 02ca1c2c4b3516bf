import type { LeftOut } from "../../lib/protocol/bulk.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";
import type { BulkKind } from "../../lib/task/bulk-kinds.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { inBatches, toColumns } from "./columns.ts";
import type { Queryable } from "./pool.ts";

/** An action that has said nothing for so many milliseconds has lost its process. */
export const BULK_SILENT_MS = 30_000;

export interface NewBulkAction {
  action: BulkKind;
  total: number;
  requested_by: string;
  requested_from: string | undefined;
}

/** @returns the id of the new action. */
export async function insertBulkAction(
  db: Queryable,
  { action, total, requested_by, requested_from }: NewBulkAction,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    "INSERT INTO bulk_actions (action, total, requested_by, requested_from) VALUES ($1, $2, $3, $4) RETURNING id::text",
    [action, total, requested_by, requested_from ?? null],
  );
  return rows[0]?.id ?? "";
}

/**
 * Says that the action goes on, and how many tasks it has looked at.
 * @returns whether a person has asked to stop it.
 */
export async function noteBulkProgress(db: Queryable, id: string, done: number): Promise<boolean> {
  const { rows } = await db.query<{ stop_requested: boolean }>(
    "UPDATE bulk_actions SET done = $2, alive_at = clock_timestamp() WHERE id = $1 RETURNING stop_requested",
    [id, done],
  );
  return rows[0]?.stop_requested ?? true;
}

export async function finishBulkAction(db: Queryable, id: string, done: number): Promise<void> {
  await db.query("UPDATE bulk_actions SET finished_at = clock_timestamp(), done = $2 WHERE id = $1", [
    id,
    done,
  ]);
}

/** Asks the action to stop; one that is over is left as it is. */
export async function stopBulkAction(db: Queryable, id: string): Promise<void> {
  await db.query("UPDATE bulk_actions SET stop_requested = true WHERE id = $1 AND finished_at IS NULL", [id]);
}

/** What an action did in one source. */
export interface BulkPart {
  source: string;
  position: number;
  changed: number;
  unchanged: number;
  left_out: readonly Omit<LeftOut, "source">[];
  failure: string | null;
  request: string | null;
}

export async function insertBulkPart(tx: Queryable, id: string, part: BulkPart): Promise<void> {
  await tx.query(
    `INSERT INTO bulk_parts (bulk_id, source, position, changed, unchanged, left_out, failure, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      part.source,
      part.position,
      part.changed,
      part.unchanged,
      JSON.stringify(part.left_out),
      part.failure,
      part.request,
    ],
  );
}

/** Keeps the tasks as they were before the action changed them. */
export async function keepTasksOfBulk(
  tx: Queryable,
  id: string,
  source: string,
  tasks: readonly { key: TaskKey; before: TaskJson }[],
): Promise<void> {
  await inBatches(tasks, (batch) =>
    tx.query(
      `INSERT INTO bulk_tasks (bulk_id, source, task_id, before)
       SELECT $1, $2, given.* FROM unnest($3::text[], $4::jsonb[]) AS given`,
      [id, source, ...toColumns(batch, [({ key }) => key, ({ before }) => JSON.stringify(before)])],
    ),
  );
}

/**
 * Marks the action as undone.
 * @returns false when it was undone already, or is still going on.
 */
export async function markBulkUndone(db: Queryable, id: string, by: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE bulk_actions SET undone_at = clock_timestamp(), undone_by = $2
      WHERE id = $1 AND undone_at IS NULL AND (finished_at IS NOT NULL OR alive_at < now() - $3 * interval '1 millisecond')`,
    [id, by, BULK_SILENT_MS],
  );
  return rowCount === 1;
}

/** Takes the mark back, where nothing could be undone. */
export async function unmarkBulkUndone(db: Queryable, id: string): Promise<void> {
  await db.query("UPDATE bulk_actions SET undone_at = NULL, undone_by = NULL WHERE id = $1", [id]);
}

/** Of these tasks, the ones that wait for a person or cannot be read on one side. */
export async function waitingTasks(
  tx: Queryable,
  source: string,
  keys: readonly TaskKey[],
): Promise<Map<TaskKey, "conflict" | "held">> {
  const { rows } = await tx.query<{ task_id: string; reason: "conflict" | "held" }>(
    `SELECT problem ->> 'task_id' AS task_id, 'held' AS reason
       FROM sources s, jsonb_array_elements(s.problems) AS problem
      WHERE s.id = $1 AND problem ->> 'task_id' = ANY($2::text[])
      UNION ALL SELECT task_id, reason FROM pending_tasks
      WHERE source = $1 AND task_id = ANY($2::text[]) AND reason = 'held'
      UNION ALL SELECT task_id, 'conflict' FROM conflicts
      WHERE source = $1 AND task_id = ANY($2::text[]) AND state = 'pending'`,
    [source, keys],
  );
  return new Map(rows.map(({ task_id, reason }) => [task_id, reason]));
}

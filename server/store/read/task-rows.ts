import type { TaskStanding } from "../../../lib/protocol/task.ts";
import { isTimeKey } from "../../../lib/task/fields.ts";
import { CONTENT_SELECT } from "../content-columns.ts";
import { Prisma } from "../generated/client.ts";

/** The columns of `ShownRow`. A time that JavaScript cannot hold is read as none: Prisma refuses `infinity`. */
export const SHOWN_COLUMNS = Prisma.raw(
  ["source", "id", "id_type", ...CONTENT_SELECT.split(", "), "updated_at"]
    .map((column) =>
      isTimeKey(column) ? `CASE WHEN isfinite(${column}) THEN ${column} END AS ${column}` : column,
    )
    .join(", "),
);

/** Columns that compare the row with the file. The sets are hashed once per query. */
export const STANDING_COLUMNS = Prisma.sql`
  CASE WHEN (source, id) IN (SELECT source, task_id FROM conflicts WHERE state = 'pending') THEN 'conflict'
       WHEN (source, id) IN (SELECT source, task_id FROM pending_tasks)
         OR (source, id) IN (SELECT source, task_id FROM task_edits WHERE task_id IS NOT NULL)
         OR source IN (SELECT source FROM task_edits WHERE task_id IS NULL) THEN 'pending'
       ELSE 'synced' END AS sync,
  (SELECT reason FROM pending_tasks p WHERE p.source = tasks.source AND p.task_id = tasks.id) AS reason,
  changed_at, updated_by AS changed_by`;

export interface StandingColumns {
  sync: TaskStanding["sync"];
  reason: string | null;
  changed_at: Date | null;
  changed_by: string | null;
}

export function toStanding({ sync, reason, changed_at, changed_by }: StandingColumns): TaskStanding {
  return { sync, reason, changed_at: changed_at?.toISOString() ?? null, changed_by };
}

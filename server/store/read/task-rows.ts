import type { Json, JsonMap } from "../../../lib/json.ts";
import type { TaskJson, TaskStanding } from "../../../lib/protocol/task.ts";
import { idFromText } from "../../../lib/task/id.ts";
import { type TaskStatus, toPlain } from "../../../lib/task/task.ts";
import { Prisma } from "../generated/client.ts";

/** A row as it is shown, valid or not: anyone with SQL may have written it. */
export interface ShownTaskRow {
  source: string;
  id: string;
  id_type: string | null;
  skill_name: string;
  schedule_cron: string;
  next_run_at: Date | null;
  timezone: string;
  status: string;
  description: string | null;
  params: Json;
  extra: Json;
  updated_at: Date | null;
}

// `infinity` is no time that JSON or JavaScript can hold.
const finite = (column: string) =>
  Prisma.raw(`CASE WHEN isfinite(${column}) THEN ${column} END AS ${column}`);

export const SHOWN_COLUMNS = Prisma.sql`source, id, id_type, skill_name, schedule_cron, ${finite("next_run_at")}, timezone,
  status, description, params, extra, ${finite("updated_at")}`;

/** How the row stands beside the file. The sets are hashed once per query, however many rows there are. */
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

export function toTaskJson(row: ShownTaskRow): TaskJson {
  const plain = toPlain({
    id: idFromText(row.id, row.id_type),
    skill_name: row.skill_name,
    schedule_cron: row.schedule_cron,
    next_run_at: row.next_run_at?.toISOString() ?? null,
    timezone: row.timezone,
    status: row.status as TaskStatus,
    description: row.description,
    params: row.params as JsonMap,
    updated_at: row.updated_at?.toISOString() ?? null,
    extra: row.extra as JsonMap,
  });
  return { ...plain, source: row.source } as TaskJson;
}

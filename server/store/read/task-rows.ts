import type { Json, JsonMap } from "../../../lib/json.ts";
import type { TaskJson } from "../../../lib/protocol/task.ts";
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
const finite = (column: string) => Prisma.raw(`CASE WHEN isfinite(${column}) THEN ${column} END AS ${column}`);

export const SHOWN_COLUMNS = Prisma.sql`source, id, id_type, skill_name, schedule_cron, ${finite("next_run_at")}, timezone,
  status, description, params, extra, ${finite("updated_at")}`;

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

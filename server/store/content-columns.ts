import { canonicalJson } from "../../lib/json.ts";
import { parseLossless } from "../../lib/lossless-json.ts";
import type { TaskContent, TaskStatus } from "../../lib/task/task.ts";

/** The columns that `tasks` and `ancestors` share, in this order everywhere. */
export const CONTENT_COLUMNS =
  "skill_name, schedule_cron, next_run_at, timezone, status, description, params, extra";

/** The same as they are read back: jsonb as text, as it may hold numbers that JavaScript cannot. */
export const CONTENT_SELECT =
  "skill_name, schedule_cron, next_run_at, timezone, status, description, params::text AS params, extra::text AS extra";

/** Parameter types for `unnest`, from `$first` on. */
export function contentUnnest(first: number): string {
  return ["text", "text", "timestamptz", "text", "text", "text", "jsonb", "jsonb"]
    .map((type, i) => `$${first + i}::${type}[]`)
    .join(", ");
}

export const CONTENT_PICK: readonly ((content: TaskContent) => unknown)[] = [
  (c) => c.skill_name,
  (c) => c.schedule_cron,
  (c) => c.next_run_at,
  (c) => c.timezone,
  (c) => c.status,
  (c) => c.description,
  (c) => canonicalJson(c.params),
  (c) => canonicalJson(c.extra),
];

export interface ContentRow {
  skill_name: string;
  schedule_cron: string;
  next_run_at: Date | number | null;
  timezone: string;
  status: string;
  description: string | null;
  params: string;
  extra: string;
}

/** A row that a run of ours wrote, and therefore holds nothing that does not read back. */
export function toContent(row: ContentRow): TaskContent {
  return {
    skill_name: row.skill_name,
    schedule_cron: row.schedule_cron,
    next_run_at: row.next_run_at === null ? null : new Date(row.next_run_at).toISOString(),
    timezone: row.timezone,
    status: row.status as TaskStatus,
    description: row.description,
    params: parseMap(row.params),
    extra: parseMap(row.extra),
  };
}

function parseMap(text: string): TaskContent["params"] {
  const parsed = parseLossless(text);
  if (parsed === null) throw new Error("an ancestor holds a number that does not read back");
  return parsed.value as TaskContent["params"];
}

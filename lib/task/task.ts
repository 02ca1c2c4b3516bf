import type { Json, JsonMap } from "../json.ts";

export const TASK_STATUSES = [
  "pending",
  "active",
  "running",
  "paused",
  "completed",
  "failed",
  "disabled",
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/**
 * What a task says, in canonical form: defaults filled in, timestamps as ISO 8601 UTC with
 * milliseconds. Two tasks agree exactly when their content is equal (see `content.ts`).
 * `extra` holds the keys Lockstep does not know; it never holds a known one.
 */
export interface TaskContent {
  skill_name: string;
  schedule_cron: string;
  next_run_at: string | null;
  timezone: string;
  status: TaskStatus;
  description: string | null;
  params: JsonMap;
  extra: JsonMap;
}

export interface Task extends TaskContent {
  /** Integer or slug, in the type the file gives it; `taskKey` makes 1 and "1" the same task. */
  id: number | string;
  /** The side's own stamp; never a change by itself. Null where the side gives none. */
  updated_at: string | null;
}

/** The identity of a task within its source. */
export type TaskKey = string;

export function taskKey(id: number | string): TaskKey {
  return String(id);
}

/** The columns that are not in `extra`. `id` and `updated_at` are known keys but never content. */
export const CONTENT_FIELDS = [
  "skill_name",
  "schedule_cron",
  "next_run_at",
  "timezone",
  "status",
  "description",
  "params",
] as const;
export type ContentField = (typeof CONTENT_FIELDS)[number];

/** What whoever executes the tasks reports; the rest is schedule and definition. */
export const RUNTIME_FIELDS: readonly ContentField[] = ["status", "next_run_at"];

export const DEFAULTS = { next_run_at: null, timezone: "UTC", status: "pending", description: null } as const;

const KNOWN_KEYS: ReadonlySet<string> = new Set(["id", "updated_at", ...CONTENT_FIELDS]);

/** Names of the API and the table, which a task in the file therefore cannot use as keys of its own. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set(["source"]);

export function isKnownKey(key: string): boolean {
  return KNOWN_KEYS.has(key);
}

/** The task as the file and the API spell it: known keys first, unknown keys beside them. */
export function toPlain(task: Task): JsonMap {
  const known: Record<string, Json> = {
    id: task.id,
    skill_name: task.skill_name,
    schedule_cron: task.schedule_cron,
    next_run_at: task.next_run_at,
    timezone: task.timezone,
    status: task.status,
    description: task.description,
    params: task.params,
    updated_at: task.updated_at,
  };
  return { ...known, ...task.extra };
}

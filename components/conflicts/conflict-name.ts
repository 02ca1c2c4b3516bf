import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { cronInWords } from "../tasks/cron-words.ts";

type Task = Pick<ShownConflict, "task_id" | "file_data" | "database_data" | "ancestor" | "fields">;

/** What people call the task of a conflict: its skill, or its id where it has none. */
export function conflictName(conflict: Task): string {
  const name = said(conflict, "skill_name");
  return name ?? `Task ${conflict.task_id}`;
}

/** When the task runs, in words; null when that is in dispute, or cannot be said. */
export function conflictSchedule(conflict: Task): string | null {
  if (conflict.fields.includes("schedule_cron")) return null;
  const cron = said(conflict, "schedule_cron");
  return cron === null ? null : cronInWords(cron);
}

/** The field's value where a side still has the task; what was last synced is older. */
function said({ file_data, database_data, ancestor }: Task, field: string): string | null {
  const value = (file_data ?? database_data ?? ancestor)?.[field];
  return typeof value === "string" && value !== "" ? value : null;
}

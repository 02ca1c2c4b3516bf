import { addKeys, type JsonMap } from "../json.ts";
import { FIELD_NAMES, type FieldValues } from "./fields.ts";

/**
 * What a task says, in canonical form: defaults filled in, timestamps as ISO 8601 UTC with
 * milliseconds. Two tasks agree exactly when their content is equal (see `content.ts`).
 * `extra` holds the keys that are no field; it never holds a field's name.
 */
export interface TaskContent extends FieldValues {
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

/** The task as the file and the API spell it: known keys first, unknown keys beside them. */
export function toPlain(task: Task): JsonMap {
  const plain: JsonMap = { id: task.id };
  for (const name of FIELD_NAMES) plain[name] = task[name];
  plain["updated_at"] = task.updated_at;
  addKeys(plain, task.extra);
  return plain;
}

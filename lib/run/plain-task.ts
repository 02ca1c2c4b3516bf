import type { JsonMap } from "../json.ts";
import { contentMap } from "../task/content.ts";
import { idFromText } from "../task/id.ts";
import type { Conflict } from "../sync/types.ts";
import { type Task, type TaskContent, type TaskKey, toPlain } from "../task/task.ts";

/** A side's task as the API and the stored conflict show it. */
export function taskPlain(task: Task | null): JsonMap | null {
  return task && toPlain(task);
}

/** A content as the API shows it. Content has no id, so the id comes from the task's key. */
export function contentPlain(key: TaskKey, content: TaskContent | null): JsonMap | null {
  return content && { id: idFromText(key, null), ...contentMap(content) };
}

/** What the three parties of a conflict say, as the API and the stored conflict show it. */
export function partiesPlain({
  key,
  ancestor,
  file,
  database,
}: Pick<Conflict, "key" | "ancestor" | "file" | "database">) {
  return { ancestor: contentPlain(key, ancestor), file: taskPlain(file), database: taskPlain(database) };
}

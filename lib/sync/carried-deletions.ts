import type { TaskContent, TaskKey } from "../task/task.ts";
import type { Ancestor, PlanItem } from "./types.ts";

export interface DeletionsAfter {
  /** The tasks that a run has deleted in the file as the database had, with what they said. */
  carried: Map<TaskKey, TaskContent>;
  /** The tasks of which no earlier deletion counts any more. */
  forgotten: TaskKey[];
}

/**
 * What a run that has carried out the items remembers of tasks that the database has deleted. A deletion is forgotten
 * when the task is there again, or when the file itself has deleted it. An item that finds the task gone from both
 * sides, as an undo of its creation may, changes nothing: the file's earlier text still does not know the deletion.
 */
export function deletionsAfter(
  items: readonly PlanItem[],
  ancestorOf: (key: TaskKey) => Ancestor | undefined,
): DeletionsAfter {
  const carried = new Map<TaskKey, TaskContent>();
  const forgotten: TaskKey[] = [];
  for (const { key, file, database, before, ancestor, action } of items) {
    const content = before ?? ancestorOf(key)?.content;
    const isBack = ancestor !== null && (action === "create" || action === "adopt");
    const isOfFile = ancestor === null && database === null;
    if (file === null && content) carried.set(key, content);
    else if (isBack || isOfFile) forgotten.push(key);
  }
  return { carried, forgotten };
}

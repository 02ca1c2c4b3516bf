import { equalJson } from "../json.ts";
import { contentFromMap, contentMap } from "../task/content.ts";
import type { Task, TaskContent } from "../task/task.ts";
import { getKey, withKey } from "./path.ts";
import type { Ownership } from "./types.ts";

interface Kept {
  task: Task;
  /** Owned fields that the run changed, and that their owner has changed since. */
  moved: string[];
}

/**
 * The state that an undo gives back. An owned field keeps its present value, unless the run changed it and its owner
 * has not changed it since. An owned field is never in conflict, so no conflict would show a lost edit.
 */
export function keepingOwned(
  { before, after, now }: { before: Task; after: Task; now: TaskContent },
  ownership: Ownership,
): Kept {
  const [was, left, says] = [contentMap(before), contentMap(after), contentMap(now)];
  let wanted = was;
  const moved: string[] = [];
  for (const field of Object.keys(ownership)) {
    const [old, done, present] = [getKey(was, field), getKey(left, field), getKey(says, field)];
    const byRun = !equalJson(old, done);
    if (byRun && equalJson(done, present)) continue;
    wanted = withKey(wanted, field, present);
    if (byRun) moved.push(field);
  }
  return { task: { ...contentFromMap(wanted), id: before.id, updated_at: before.updated_at }, moved };
}

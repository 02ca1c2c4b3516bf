import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import type { TextAround } from "./earlier-text.ts";
import { taskTexts } from "./task-text.ts";

/** The tasks beside `changed` that an edit of the text has worded anew, although they say the same. */
export function rewordedTasks(
  before: ScheduleDocument,
  after: ScheduleDocument,
  changed: ReadonlySet<TaskKey>,
): TextAround["reworded"] {
  const reworded: TextAround["reworded"] = {};
  if (before === after) return reworded;
  const [then, now] = [taskTexts(before), taskTexts(after)];
  const entryOf = ({ parts }: ScheduleDocument, key: TaskKey) =>
    parts.entries[parts.index.valid.get(key) ?? -1];
  for (const key of after.keys()) {
    if (changed.has(key) || entryOf(before, key) === entryOf(after, key)) continue;
    const [was, is] = [then(key)?.text, now(key)?.text];
    if (was !== undefined && is !== undefined && was !== is) reworded[key] = { before: was, after: is };
  }
  return reworded;
}

import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";

/** Where each task stands, by 1-based line, in the order of the file; also those held for a problem. */
export function taskLines(document: ScheduleDocument): { task_id: TaskKey; line: number }[] {
  return document.parts.entries.flatMap(({ key, whole }, number) =>
    key === undefined ? [] : [{ task_id: key, line: whole?.line ?? document.chunkLine(number) }],
  );
}

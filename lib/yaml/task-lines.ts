import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";

/** The 1-based line of each task in the order of the file, including held tasks. */
export function taskLines(document: ScheduleDocument): { task_id: TaskKey; line: number }[] {
  return document.parts.entries.flatMap(({ key, whole }, number) =>
    key === undefined ? [] : [{ task_id: key, line: whole?.line ?? document.chunkLine(number) }],
  );
}

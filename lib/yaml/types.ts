import type { Json, JsonMap } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { Task, TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";

/** One valid task as it stands in the text. */
export interface FileTask {
  task: Task;
  /** Top-level keys that stand in the file (also those that come through a merge key). */
  present: ReadonlySet<string>;
  /** 1-based line of the task's first key. */
  line: number;
}

/** Edits of one task; paths go from the task's map down through maps (lists are whole values). */
export type YamlEdit =
  | { kind: "update"; key: TaskKey; changes: { path: string[]; value: Json | undefined }[] }
  | { kind: "add"; task: JsonMap }
  | { kind: "remove"; key: TaskKey };

export interface EditRequest {
  edits: YamlEdit[];
  /** New values for keys of the `metadata` section, written only where the key already stands. */
  metadata?: Record<string, string>;
}

/** The new text and its reading, or why nothing was written. */
export type EditResult =
  { ok: true; text: string; document: ScheduleDocument } | { ok: false; problem: Problem };

import type { Json, JsonMap } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { Task, TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import type { EarlierText } from "./earlier-text.ts";

/** One valid task of the file. */
export interface FileTask {
  task: Task;
  /** Top-level keys in the file, including keys that come through a merge key. */
  present: ReadonlySet<string>;
  /** 1-based line of the task's first key. */
  line: number;
}

/** An edit of one task. Paths go from the task's map down through maps; a list is one value. */
export type YamlEdit =
  | {
      kind: "update";
      key: TaskKey;
      changes: { path: string[]; value: Json | undefined }[];
      /** The id that the changes give the task; left out where it keeps its own. */
      becomes?: TaskKey;
    }
  | { kind: "add"; task: JsonMap }
  | { kind: "remove"; key: TaskKey };

export interface EditRequest {
  edits: YamlEdit[];
  /** Tasks that get their earlier lines back first. Their edits change what is still to change in these lines. */
  putBack?: { earlier: EarlierText; keys: ReadonlySet<TaskKey> };
  /** New values for keys of the `metadata` section. A key that the file does not have is not written. */
  metadata?: Record<string, string>;
}

/** The new text and its document, or why nothing was edited. */
export type EditResult =
  | { ok: true; text: string; document: ScheduleDocument }
  | { ok: false; problem: Problem };

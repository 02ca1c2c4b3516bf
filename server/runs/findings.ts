import type { OpenConflict, RunDecision } from "../../lib/sync/decide.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { EarlierText } from "../../lib/yaml/earlier-text.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import type { CandidateKeys } from "./find-candidates.ts";
import type { KnownAge } from "./file-age.ts";
import type { KnownTasks } from "./known-tasks.ts";

/** What a run has found out before it changes anything. */
export interface Findings {
  file: Snapshot;
  candidates: CandidateKeys;
  known: KnownTasks;
  /** The conflicts that stood open when the run began, by task. */
  open: ReadonlyMap<TaskKey, OpenConflict>;
  age: KnownAge;
  decision: RunDecision;
  /** What a run that is undone did to the file's text. */
  earlier: EarlierText | undefined;
}

import type { Json, JsonMap } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { Task, TaskContent, TaskKey } from "../task/task.ts";

export type Side = "file" | "database";
export const DIRECTIONS = ["bidirectional", "file_to_database", "database_to_file"] as const;
export type Direction = (typeof DIRECTIONS)[number];
export const STRATEGIES = ["three-way", "timestamp"] as const;
export type Strategy = (typeof STRATEGIES)[number];
export const CHOICES = ["keep_file", "keep_database", "merge"] as const;
export type Choice = (typeof CHOICES)[number];
export type FieldChoice = Side | { value: Json };

/** A task on one side: its content, the side's stamp, or `held` when the side cannot be read for it. */
export interface SideTask {
  task: Task;
  /** File only: top-level keys that stand in the file for this task. */
  present?: ReadonlySet<string>;
  /** File only: when the side gives no stamp of its own, the file's modification time. */
  changedAt?: string;
}
export type SideState = SideTask | "held" | undefined; // undefined: absent

/** The last state both sides agreed on. */
export interface Ancestor {
  content: TaskContent;
  /**
   * Top-level fields in which the file was deliberately left behind the agreed content, with what
   * it says there in canonical form (an absent known key says its default, an absent unknown key
   * `null`): a computed `next_run_at`, a database-owned field. A file that still says this has not
   * changed.
   */
  fieldsLeftBehind: JsonMap;
}

/** Field (top-level name) -> the side that wins unasked. */
export type Ownership = Readonly<Record<string, Side>>;

export interface Resolution {
  choice: Choice;
  /** Field names as in `Conflict.fields`, for choice `merge` (or any choice: they refine it). */
  fields?: Record<string, FieldChoice>;
  /** The conflict revision the person was shown; a stale one is refused. Absent: whatever is current. */
  revision?: string;
}

export interface ReconcileOptions {
  strategy: Strategy;
  direction: Direction;
  /** In a one-way run the origin wins every conflict. (In a bidirectional one it only widens what is read.) */
  force: boolean;
  ownership: Ownership;
  /** Next run of a task after "now" by its cron and time zone, computed by the caller's clock; null when there is none. */
  nextRun(content: TaskContent): string | null;
  /** Whether an absence in the file may be taken for a deletion (two identical reads; every item has an id). */
  fileAbsenceBelieved: boolean;
  resolutions?: ReadonlyMap<TaskKey, Resolution>;
  /** Timestamp strategy: tasks whose database edit came by API and carries itself to the file. */
  apiWrites?: ReadonlySet<TaskKey>;
}

/** One task as the three parties know it. A missing party is absent. */
export interface Candidate {
  key: TaskKey;
  ancestor: Ancestor | undefined;
  file: SideState;
  database: SideState;
}

/** A candidate with what the store knows of it. */
export interface LoadedCandidate extends Candidate {
  /** What the file said of the task when the ancestor was saved. */
  fingerprint: string | null;
  /** The row, locked until the run ends; undefined when there is none. `content` is null where it cannot be read. */
  row: { content: TaskContent | null; updatedBy: string | null } | undefined;
}

export type ConflictKind = "modify_modify" | "delete_modify" | "modify_delete" | "create_create";

export interface Conflict {
  key: TaskKey;
  kind: ConflictKind;
  /** Names of the fields in conflict, `params.retries` for nested ones (a dot or backslash in a key is escaped with a backslash). */
  fields: string[];
  reason: string;
  /** Identity of what a person is shown, runtime fields left out. */
  revision: string;
  ancestor: TaskContent | null;
  file: Task | null;
  database: Task | null;
}

/** What one task's turn asks for. Absent `file`/`database`: that side stays as it is. */
export interface PlanItem {
  key: TaskKey;
  action: "create" | "update" | "delete" | "adopt";
  /** Both sides had changes of their own that were joined. */
  merged: boolean;
  before: TaskContent | null;
  after: TaskContent | null;
  /** Wanted state of the file, and of the database: null to delete, undefined to leave alone. */
  file?: FileChange | null;
  database?: Task | null;
  /** The ancestor from now on; null to forget it. */
  ancestor: Ancestor | null;
  /** `next_run_at` was computed in this run, so it depends on the clock (the plan's hash leaves it out). */
  computedNextRun?: boolean;
}

export interface FileChange {
  /** Present for an update: minimal edits, paths from the task's map down; `value` undefined removes the key. */
  edits?: { path: string[]; value: Json | undefined }[];
  /** Present for a creation: the task as it is to stand in the file. */
  create?: JsonMap;
  /** Value for `updated_at` where the file's task has that key. */
  stamp: string | null;
}

export type PendingReason =
  | "direction"
  | "held"
  | "conflict"
  | "halted"
  | "unwritable"
  | "unbelieved"
  | "problem"
  | "untried"
  | "equal_stamps"
  | "busy";

/** Why a resolution was not applied; for `invalid_task` the plan's problems say what is wrong. */
export type Refusal = "stale_conflict" | "conflict_closed" | "invalid_task";

export interface Plan {
  items: PlanItem[];
  conflicts: Conflict[];
  /** Tasks whose sides differ from the ancestor and stay so after this plan, and why. */
  pending: Map<TaskKey, PendingReason>;
  problems: Problem[];
  /** Resolutions asked for that could not be applied. */
  refused: Map<TaskKey, Refusal>;
  /** SHA-256 over everything the plan would do, independent of the order of tasks. */
  hash: string;
}

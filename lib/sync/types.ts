import type { Json, JsonMap } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { SideNames } from "../source/side-names.ts";
import type { Task, TaskContent, TaskKey } from "../task/task.ts";

export type Side = "file" | "database";
export const DIRECTIONS = ["bidirectional", "file_to_database", "database_to_file"] as const;
export type Direction = (typeof DIRECTIONS)[number];
export const STRATEGIES = ["three-way", "timestamp"] as const;
export type Strategy = (typeof STRATEGIES)[number];
export const CHOICES = ["keep_file", "keep_database", "merge"] as const;
export type Choice = (typeof CHOICES)[number];
/** What a person may answer to a conflict. `separate` answers only a conflict of the kind `renamed`. */
export const ANSWERS = [...CHOICES, "separate"] as const;
export type Answer = (typeof ANSWERS)[number];
export type FieldChoice = Side | { value: Json };

/** A task on one side. In place of it, `held` says that the side's task cannot be read. */
export interface SideTask {
  task: Task;
  /** File only: the top-level keys that the file has for this task. */
  present?: ReadonlySet<string>;
  /** File only: the file's modification time, which counts when the task has no stamp. */
  changedAt?: string;
}
export type SideState = SideTask | "held" | undefined; // undefined: absent

/** The last state that both sides agreed on. */
export interface Ancestor {
  content: TaskContent;
  /**
   * Top-level fields in which the file was left behind the agreed content on purpose, such as a computed
   * `next_run_at` or a field that the database owns. The value is what the file says there in canonical form: an
   * absent known key says its default, and an absent unknown key says `null`. A file that still says this has not
   * changed.
   */
  fieldsLeftBehind: JsonMap;
  /** Left out where the database has brought nothing into the file. */
  carried?: Carried;
}

/**
 * The edits of the database that runs have carried into the file, and that the file has not changed since: by the name
 * of the field, the position of the file's revision that had it first. An empty name is the creation of the task.
 */
export type Carried = Readonly<Record<string, number>>;

/** Paths of edits of the database that the author of the file's text has not seen. An empty path is the whole task. */
export type Unseen = readonly (readonly string[])[];

/** The side that has the last word, by the top-level name of the field. */
export type Ownership = Readonly<Record<string, Side>>;

export interface Resolution {
  choice: Answer;
  /** Choices for single fields, which refine the choice. The names are those of `Conflict.fields`. */
  fields?: Record<string, FieldChoice>;
  /**
   * The revision of the conflict that the person was shown; a stale one is refused. Left out, the current one
   * counts.
   */
  revision?: string;
}

export interface ReconcileOptions {
  strategy: Strategy;
  direction: Direction;
  /** The origin of a one-way run wins every conflict. In a bidirectional run, force only widens what is read. */
  force: boolean;
  ownership: Ownership;
  /** The next run of a task by its cron and time zone, after the caller's present time; null when there is none. */
  nextRun(content: TaskContent): string | null;
  /** Whether an absence in the file counts as a deletion (two identical reads, and every item has an id). */
  fileAbsenceBelieved: boolean;
  resolutions?: ReadonlyMap<TaskKey, Resolution>;
  /** Timestamp strategy only: tasks whose row was edited by the API, so that the edit goes to the file. */
  apiWrites?: ReadonlySet<TaskKey>;
  /** How reasons and problems call the file's side; left out: as a file. */
  names?: SideNames;
}

/** One task as the three parties know it. A party that does not have the task is absent. */
export interface Candidate {
  key: TaskKey;
  ancestor: Ancestor | undefined;
  file: SideState;
  database: SideState;
  /** Where the file's text is of an earlier revision: the edits of the database that it does not know. */
  unseen?: Unseen;
}

/** A candidate with what the store knows of it. */
export interface LoadedCandidate extends Candidate {
  /** The fingerprint of the file's task when the ancestor was saved. */
  fingerprint: string | null;
  /** The row, locked until the run ends; undefined when there is none. `content` is null when it cannot be read. */
  row: { content: TaskContent | null; updatedBy: string | null } | undefined;
}

export type ConflictKind = "modify_modify" | "delete_modify" | "modify_delete" | "create_create" | "renamed";

export interface Conflict {
  key: TaskKey;
  kind: ConflictKind;
  /**
   * Names of the fields in conflict, `params.retries` for nested ones (a dot or backslash in a key is escaped
   * with a backslash).
   */
  fields: string[];
  reason: string;
  /** Identifies what a person is shown, without runtime fields. */
  revision: string;
  ancestor: TaskContent | null;
  file: Task | null;
  database: Task | null;
  /** True when the file does not know an edit of the database because an earlier version of it came back. */
  olderFile?: boolean;
  /** Of the kind `renamed`: the id under which the file's task, which may be this one, stands now. */
  renamedTo?: TaskKey;
}

/** A conflict ready to be stored: it says when and by whom each side was changed. */
export interface FoundConflict extends Conflict {
  fileModifiedAt: string | null;
  databaseUpdatedBy: string | null;
}

/** What a run does to one task. A side that is absent here stays as it is. */
export interface PlanItem {
  key: TaskKey;
  action: "create" | "update" | "delete" | "adopt";
  /** True when changes from both sides were merged. */
  merged: boolean;
  before: TaskContent | null;
  after: TaskContent | null;
  /** The wanted state of the file and of the database. Null deletes the task, and undefined leaves it unchanged. */
  file?: FileChange | null;
  database?: Task | null;
  /** An undo: the file gets the task's earlier lines back first, and `file` says what is to change in them. */
  linesBack?: true;
  /** The ancestor from now on; null removes it. */
  ancestor: Ancestor | null;
  /**
   * True when `next_run_at` was computed in this run. It then depends on the clock, so the plan's hash leaves
   * it out.
   */
  computedNextRun?: boolean;
  /** A rename deletes the row of one id and creates that of another, and each of the two items names the other id. */
  renamedTo?: TaskKey;
  renamedFrom?: TaskKey;
}

export interface FileChange {
  /** For an update: the minimal edits. A path begins at the task's map; an undefined `value` removes the key. */
  edits?: { path: string[]; value: Json | undefined }[];
  /** For a creation: the task as it is written to the file. */
  create?: JsonMap;
  /** For an update: the id that the file's item has so far. One of the edits gives it the id of this task. */
  renames?: TaskKey;
  /** The value for `updated_at`, when the file's task has that key. */
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
  | "busy"
  | "renamed";

/** Why a resolution was not applied. For `invalid_task`, the plan's problems say what is wrong. */
export type Refusal = "stale_conflict" | "conflict_closed" | "invalid_task";

export interface Plan {
  items: PlanItem[];
  conflicts: Conflict[];
  /** Conflicts that the forced origin wins in this plan. */
  overruled: Conflict[];
  /** Conflicts that resolutions end in this plan, as both sides stand now: a person may have been shown earlier runtime fields. */
  settled: Conflict[];
  /** Tasks that still differ from the ancestor after this plan, and why. */
  pending: Map<TaskKey, PendingReason>;
  problems: Problem[];
  /** Requested resolutions that could not be applied, and why. */
  refused: Map<TaskKey, Refusal>;
  /** SHA-256 over everything the plan would do, independent of the order of tasks. */
  hash: string;
}

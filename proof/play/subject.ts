import type { JsonMap } from "../../lib/json.ts";
import type { Choice, Direction, FieldChoice } from "../../lib/sync/types.ts";
import type { Display, Leaf, Value } from "../model/leaves.ts";
import type { History } from "../model/told.ts";
import type { FileManner, Point, RowManner, RunTrigger } from "../story/step.ts";

/** What a run is asked for. */
export type RunAsk =
  | {
      kind: "sync";
      trigger: RunTrigger;
      direction?: Direction | undefined;
      force?: boolean | undefined;
      /** Confirms the deletions of the plan with this hash. */
      confirm?: string | undefined;
    }
  | { kind: "resolution"; conflict: OpenConflict; choice: Choice; fields: Record<string, FieldChoice> }
  | { kind: "undo"; run: string }
  /** `seen` is the file's text that the person has looked at: a version goes in its place, and of no other. */
  | { kind: "restore"; version: string; seen: string };

export interface RunReport {
  /** `refused`: the request was answered without a run. `nothing`: the source is not in use. */
  outcome: "succeeded" | "conflicted" | "halted" | "failed" | "refused" | "nothing" | "crashed";
  run: string | null;
  /** Of a run that halted. */
  planHash: string | null;
  /** Number of tasks that the run changed on a side. */
  changed: number;
  problems: string[];
  /** The resolution came too late, or made no task. */
  refused?: boolean;
}

export interface OpenConflict {
  id: string;
  task: string;
  revision: string;
  fields: string[];
}

/** What a story does to a run at one of its points. */
export interface Hook {
  at: Point;
  what: "crash" | "lose connection" | "meanwhile";
  meanwhile?: () => Promise<void>;
}

export type RowChange =
  | { kind: "set"; task: string; leaf: Leaf; value: Value }
  | { kind: "set all"; leaf: Leaf; value: Value }
  | { kind: "create"; task: string; plain: JsonMap }
  | { kind: "delete"; task: string };

/** A source with its file, its rows and the engine: what stories are played on. */
/** How a change of rows went. Where the subject cannot use the API at the moment, it is `done by sql`. */
export type ChangeAnswer = "done" | "done by sql" | "busy" | "refused";

export interface Subject {
  readonly level: "memory" | "real";
  /** Null when the file is gone. */
  text(): Promise<string>;
  save(text: string, how: FileManner): Promise<void>;
  rows(): Promise<Display>;
  /**
   * Changes rows as a person would, in one transaction.
   * @returns `busy` when a row is locked, `refused` when the database does not take it; then nothing has changed.
   */
  change(change: RowChange, how: RowManner): Promise<ChangeAnswer>;
  /** Does everything that is waiting and then this, to the end. */
  run(ask: RunAsk, worker: 0 | 1, hook: Hook | null): Promise<RunReport>;
  conflicts(): Promise<OpenConflict[]>;
  /** The ids of the runs that changed something, newest first, with the tasks that they changed. */
  changingRuns(): Promise<{ id: string; tasks: string[] }[]>;
  /** Kept versions of the file, newest first. */
  versions(): Promise<{ name: string; text: string }[]>;
  fault(what: "unwritable" | "unreadable", on: boolean): void;
  hold(task: string): Promise<boolean>;
  letGo(): Promise<void>;
  restart(worker: 0 | 1): Promise<void>;
  later(ms: number): void;
  /** Only of the real level. @returns false where it cannot be done now. */
  slowSave?(text: string, part: number, ms: number): Promise<void>;
  /** Whether a save is half done. */
  isSaving?(): boolean;
  /** Resolves when no save is half done. */
  saved?(): Promise<void>;
  meddle?(task: string, how: "refuses" | "drops" | "alters" | "not any more"): Promise<void>;
  list?(present: boolean): Promise<void>;
  /** All that is told of the source. */
  history(): Promise<History>;
  /** Tasks that wait for another run, and why. */
  pending(): Promise<Map<string, string>>;
  close(): Promise<void>;
}

import type { ConflictPolicy } from "../../lib/source/settings.ts";
import type { Choice, Direction, FieldChoice, Ownership, Side, Strategy } from "../../lib/sync/types.ts";
import type { Leaf, Value } from "../model/leaves.ts";

/** The named places in a run at which a story can disturb it, in the order in which a run comes by. */
export const POINTS = [
  "requests claimed",
  "file read",
  "rows read",
  "intent saved",
  "file written",
  "run saved",
  "run committed",
] as const;
export type Point = (typeof POINTS)[number];

export const TRIGGERS = ["manual", "watch", "database", "schedule", "startup", "cron"] as const;
export type RunTrigger = (typeof TRIGGERS)[number];

/** How a person's editor puts a file in place. */
export type FileManner = "rename" | "in place";
/** How somebody changes rows. */
export type RowManner = "sql" | "api";
export type Manner = FileManner | RowManner;

/** What people do to one side. `value` is JSON, or `absent`. */
export type Edit =
  | { do: "edit"; side: Side; how: Manner; task: string; leaf: Leaf; value: Value }
  | { do: "edit all"; how: "sql"; leaf: Leaf; value: Value }
  | { do: "create"; side: Side; how: Manner; task: string; n: number }
  | { do: "delete"; side: Side; how: Manner; task: string };

export type Disturbance =
  | { at: Point; what: "crash" }
  | { at: Point; what: "lose connection" }
  | { at: Point; what: "meanwhile"; edits: Edit[] };

export type Step =
  | Edit
  | {
      do: "run";
      worker: 0 | 1;
      trigger: RunTrigger;
      direction?: Direction;
      force?: boolean;
      disturb?: Disturbance;
    }
  /** `which` counts the open conflicts, or the runs that changed something, from the newest. */
  | { do: "resolve"; which: number; choice: Choice; fields: Record<string, FieldChoice>; crash?: Point }
  | { do: "undo"; which: number; crash?: Point }
  | { do: "restore"; which: number }
  /** The file says again what a run has seen it say before, as a checkout of an older commit does. */
  | { do: "go back"; which: number }
  /** The file is no YAML any more, and is mended. */
  | { do: "garble" }
  | { do: "mend" }
  /** One task in the file gets a status that does not exist. */
  | { do: "spoil"; task: string }
  | { do: "fault"; what: "unwritable" | "unreadable"; on: boolean }
  /** Somebody's open transaction holds a row. */
  | { do: "hold"; task: string }
  | { do: "let go" }
  | { do: "restart"; worker: 0 | 1 }
  | { do: "later"; ms: number }
  /** Real files only: a save in place that stalls between its two halves, for so many milliseconds. */
  | { do: "slow save"; task: string; leaf: Leaf; value: Value; part: number; ms: number }
  /** Real database only: another application's trigger on the row. */
  | { do: "meddle"; task: string; how: "refuses" | "drops" | "alters" | "not any more" }
  /** Real database only: the source leaves the list of sources, or comes back. */
  | { do: "list"; present: boolean };

export interface Settings {
  strategy: Strategy;
  policy: ConflictPolicy;
  direction: Direction;
  ownership: Ownership;
}

export interface Story {
  seed: number;
  settings: Settings;
  /** The file before the first import. */
  text: string;
  steps: Step[];
}

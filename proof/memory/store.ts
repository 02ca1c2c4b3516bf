import type { IntentItem } from "../../lib/sync/recover.ts";
import type { ChangeOfRun } from "../../lib/sync/undo.ts";
import type { ResolvedConflict } from "../../lib/sync/reopen.ts";
import type { Choice, Conflict, PendingReason, Side } from "../../lib/sync/types.ts";
import type { CarriedDeletion } from "../../lib/sync/unseen.ts";
import type { Task, TaskKey } from "../../lib/task/task.ts";
import type { EarlierText } from "../../lib/yaml/earlier-text.ts";
import type { StoredAncestor } from "../../server/store/ancestors.ts";

export interface StoredConflict {
  id: string;
  conflict: Conflict;
}

/** A change with the sides that the run has written. */
interface StoredChange extends ChangeOfRun {
  sides: readonly Side[];
}

/** Of a conflict that the policy has decided, there is neither an id nor who chose. */
export type StoredDecision = ResolvedConflict & { id?: string; choice?: Choice };

export interface StoredRun {
  id: string;
  changes: StoredChange[];
  resolved: StoredDecision[];
  /** The run that this one undid. */
  reverts: string | null;
  text: EarlierText;
}

/** Of a file write that is about to happen. */
interface Intent {
  revisionBefore: string;
  revisionAfter: string;
  items: IntentItem[];
  /** What force decides in this run. */
  decided: StoredDecision[];
}

/** What the real engine keeps in PostgreSQL, of one source. A run works on a copy and puts it in place at its commit. */
export interface Store {
  rows: Map<TaskKey, Task>;
  /** Edits of rows that no run has looked at. */
  outbox: { id: number; task: TaskKey; actor: string }[];
  ancestors: Map<TaskKey, StoredAncestor>;
  pending: Map<TaskKey, PendingReason>;
  /** Pending tasks of which the file's text is of an earlier revision, with its position. */
  behind: Map<TaskKey, number>;
  conflicts: Map<TaskKey, StoredConflict>;
  /** Conflicts that ended without a choice. */
  closed: StoredConflict[];
  runs: StoredRun[];
  fileRevision: string | null;
  /** The revisions of the file that runs have seen, and the position of the newest one. */
  revisions: Map<string, number>;
  filePosition: number;
  deletions: Map<TaskKey, CarriedDeletion>;
  haltHash: string | null;
  comparedAt: number | null;
  /** Saved outside of any run's transaction. */
  intent: Intent | null;
}

export function emptyStore(): Store {
  return {
    rows: new Map(),
    outbox: [],
    ancestors: new Map(),
    pending: new Map(),
    behind: new Map(),
    conflicts: new Map(),
    closed: [],
    runs: [],
    fileRevision: null,
    revisions: new Map(),
    filePosition: 0,
    deletions: new Map(),
    haltHash: null,
    comparedAt: null,
    intent: null,
  };
}

/** A copy to work on. What it holds is never changed in place, so the copy need not be deep. */
export function copyOf(store: Store): Store {
  return {
    ...store,
    rows: new Map(store.rows),
    outbox: [...store.outbox],
    ancestors: new Map(store.ancestors),
    pending: new Map(store.pending),
    behind: new Map(store.behind),
    conflicts: new Map(store.conflicts),
    closed: [...store.closed],
    revisions: new Map(store.revisions),
    deletions: new Map(store.deletions),
    runs: [...store.runs],
  };
}

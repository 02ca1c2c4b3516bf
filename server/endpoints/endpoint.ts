import type { FileAuthor } from "../../lib/audit/file-author.ts";
import type { Problem } from "../../lib/problem.ts";
import type { SampleWish, SourceSample } from "../../lib/protocol/sample.ts";
import type { Backup, FileJson } from "../../lib/protocol/file.ts";
import type { PlanItem, SideTask } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { EarlierText, TextAround } from "../../lib/yaml/earlier-text.ts";

/**
 * The port to the remote side of a source: what runs know of a file, or of what else holds tasks.
 * Each kind of endpoint is a folder that implements it and a line in `registry.ts`; every kind passes
 * the suite in `testing/endpoint-contract.ts`.
 */
export interface Endpoint {
  /** As `kind` in sources.yml. */
  readonly kind: string;
  /** Where the tasks are, in words for people: a path, an address. */
  readonly place: string;
  /**
   * Reads the side, at a cost that follows what changed since `previous`. A side that cannot be read is
   * an answer, not an error, and it is never the same as a side without tasks.
   */
  read(previous?: Snapshot, onProgress?: OnProgress): Promise<EndpointRead>;
  /**
   * The side as people may look at it, also where it holds no valid tasks.
   * @throws {TooLargeToShow}
   */
  view(previous?: Snapshot): Promise<FileJson>;
  /**
   * What the first request says and what is made of it, with these keys instead of those of the configuration; nothing is
   * stored, and failures are part of the answer. Left out where there is nothing to try out.
   */
  sample?(wish: SampleWish): Promise<SourceSample>;
  readonly versions: Versions;
  /**
   * Calls `onChange` after each change of the side by anyone, once it has been quiet for the debounce.
   * Resolves when every later change would be noticed.
   */
  watch(onChange: () => void): Promise<Watch>;
  /**
   * Puts back what a killed process has left half written; only a run calls it.
   * @returns what was done, in words; null: nothing.
   */
  mend(mayWrite: MayWrite): Promise<string | null>;
  /**
   * Brings into the side what was still written to an earlier version of it that our own write had replaced; only a
   * run calls it. Where that is not possible, the problem is among those of the next reading.
   * @param prove renews the lease, before the side is touched.
   * @throws {EndpointTaken}
   */
  rejoin(prove: () => Promise<MayWrite>): Promise<void>;
  /** Removes what a killed process left beside the side. Only a run calls it: no other writer is at work then. */
  removeLeftovers(): Promise<void>;
}

export type OnProgress = (done: number, total: number) => void;

/**
 * Whether the run still has its source, as far as its process can tell at once. It is asked right before the side is
 * touched, with nothing to wait for in between, because the process may have been stopped for any time before.
 */
export type MayWrite = () => boolean;

export interface Watch {
  close(): Promise<void>;
  /** Whether changes would be noticed at present, as far as is known. */
  isAlive(): boolean;
}

export type EndpointRead = { ok: true; snapshot: Snapshot } | ({ ok: false } & UnreadableSide);

/** A side that cannot be taken for a list of tasks. */
export interface UnreadableSide {
  problem: Problem;
  /** Revision of the bytes, where there are any: the same bad revision is reported once. */
  revision: string | null;
  /** Bytes. */
  size: number | null;
  /** ISO 8601. */
  modifiedAt: string | null;
  /** Set where time alone may mend it, and nothing tells when: a run follows by itself. */
  again?: true;
}

/** One reading of the side. Immutable. */
export interface Snapshot {
  /** SHA-256 of what was read: equal exactly for equal contents. */
  readonly revision: string;
  /** Bytes. */
  readonly size: number;
  /** ISO 8601, as the side tells it. */
  readonly modifiedAt: string;
  readonly tasks: SideTasks;
  /** Problems of the side as a whole that keep it neither from being read nor from being written. */
  readonly problems: Problem[];
  /**
   * Milliseconds until what the side says may count, because a save may still be going on; 0: it
   * counts now. `before` is what it said when both sides were last compared, where that is known.
   */
  settlesIn(before: Snapshot | undefined): number;
  /** The tasks whose text differs from that of an earlier reading of the same side; a few more is fine. */
  changedSince(earlier: Snapshot): Set<TaskKey>;
  /**
   * What the side would say after the plan's items; nothing is written yet. `at` is the time of the write, and `earlier`
   * the text of the tasks that get their lines back.
   */
  edit(items: readonly PlanItem[], at: Date, earlier?: EarlierText): Promise<SideEdit>;
  /**
   * What the side would say of these tasks with their earlier text put back; undefined: they would not be there. A task
   * whose text was edited since, so that it cannot be put back beside that, is left out.
   * @param keys the tasks that are put back; all of them where it is left out.
   */
  recall(earlier: EarlierText, keys?: ReadonlySet<TaskKey>): Promise<Map<TaskKey, SideTask | undefined>>;
  /** The text around the changed tasks, in this reading and in an earlier one of the same side. */
  textAround(earlier: Snapshot, changed: ReadonlySet<TaskKey>): TextAround;
  /** Who made the last edit of the side, as far as the side knows. */
  author(): Promise<FileAuthor>;
}

/** The tasks of one reading. */
export interface SideTasks {
  /** Number of valid tasks. */
  readonly size: number;
  /** Problems of single tasks; the tasks they name are held. */
  readonly problems: Problem[];
  /** Tasks that cannot be read: neither edited nor taken for deleted. */
  readonly held: ReadonlySet<TaskKey>;
  /** False where an item has no id of its own that can be read, so that an absence proves nothing. */
  readonly everyItemIdentified: boolean;
  keys(): Iterable<TaskKey>;
  has(key: TaskKey): boolean;
  /** Changes exactly when reconciling could see a difference; undefined where the task is not valid or not there. */
  fingerprintOf(key: TaskKey): string | undefined;
  task(key: TaskKey): SideTask | undefined;
  /** The task's own lines, and the 1-based line on which they begin. */
  text(key: TaskKey): TaskLines | undefined;
}

export interface TaskLines {
  line: number;
  text: string;
}

export type Announce = (revisionAfter: string) => Promise<void>;

/** A change of the side that is ready to be written. */
export interface SideEdit {
  /** The tasks as they would be. */
  tasks: SideTasks;
  /** Tasks whose change could not be made without touching something else, and why. */
  refused: Map<TaskKey, Problem>;
  /**
   * Writes the change in place of the reading it was made from; null where the items leave the side alone.
   * `announce` is called with the revision to come, before the side is touched: what it throws stops the write.
   * @returns the side as it is afterwards.
   * @throws {EndpointChanged} the side is not what was read; it stands as its writer left it. Where each change is written
   *   by itself, others of them may be in it, and the next reading tells.
   * @throws {EndpointTaken} it may not be written any more; nothing was changed.
   * @throws {EndpointUnwritable} it cannot be written now; nothing was changed.
   * @throws {EndpointPartial} it has taken only some of the changes, where each is written by itself.
   */
  write: ((announce: Announce, mayWrite: MayWrite) => Promise<Snapshot>) | null;
}

/** Earlier versions of the side that are kept. */
export interface Versions {
  /** Newest first. */
  list(): Promise<Backup[]>;
  /**
   * Null when no version has this name.
   * @throws {TooLargeToShow} {NoSchedule}
   */
  readText(name: string): Promise<string | null>;
  /**
   * Puts a kept version in place; what stood there is kept as well. Where the side says so already nothing
   * happens, so a run that starts over may call it again.
   * @param revision the side must still have this revision; undefined: whatever it has.
   * @returns false when no version has this name.
   * @throws {EndpointMovedOn} {EndpointChanged} {EndpointTaken} {EndpointUnwritable}
   */
  restore(name: string, revision: string | undefined, mayWrite: MayWrite): Promise<boolean>;
}

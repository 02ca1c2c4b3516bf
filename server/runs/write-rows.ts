import type pg from "pg";
import type { Problem } from "../../lib/problem.ts";
import type { PendingReason } from "../../lib/sync/types.ts";
import type { Task, TaskKey } from "../../lib/task/task.ts";
import { inSavepoint, savepoint } from "../store/transaction.ts";
import { existingTasks } from "../store/task-rows.ts";
import { refusalOf } from "../store/refusal.ts";
import { waitBriefly, waitAsUsual } from "../store/source-lock.ts";
import { deleteTasks, insertTasks, movedTasks, updateTasks, type WrittenRow } from "../store/write-tasks.ts";
import { StartOver } from "./source-context.ts";

/** One row as it is to be; null: not at all. */
export interface RowWrite {
  key: TaskKey;
  task: Task | null;
  /** Whether there is a row, which this transaction has locked. */
  exists: boolean;
}

/** Why a row is not what was meant. */
export interface RowFailure {
  reason: PendingReason;
  /** Null where the row itself was not tried, because the database refuses so many others. */
  problem: Problem | null;
}

export interface WrittenRows {
  /** The tasks whose row is as it was, and why. Every other row is proven to say what was meant. */
  failures: Map<TaskKey, RowFailure>;
  /** Takes all of it back. */
  undo(): Promise<void>;
}

export interface RowTarget {
  tx: pg.PoolClient;
  source: string;
  actors: ReadonlyMap<TaskKey, string>;
  /** Tasks that were not edited since an earlier run left them, and why it did, the longest ago first. */
  waiting: ReadonlyMap<TaskKey, PendingReason>;
}

/** After this many rows that others hold, the rest of a group waits with them instead of being tried one by one. */
const MOST_WAITS = 20;
/** After this many rows that were refused alone, groups that are refused as a whole are left to a later run. */
const MOST_REFUSALS = 100;

/**
 * Writes rows and proves that they say what was meant. They are tried all at once; only when the database
 * refuses that are they tried in halves, so that a row that it does not take fails alone. Rows that
 * were refused before come last, and of them those first that were not tried for the longest time. So every row
 * has its turn within some runs, although each run tries only so many.
 * @throws {StartOver} when another transaction has created one of them meanwhile.
 */
export async function writeRows(target: RowTarget, writes: readonly RowWrite[]): Promise<WrittenRows> {
  if (writes.length === 0) return { failures: new Map(), undo: () => Promise.resolve() };
  const { tx } = target;
  const undo = await savepoint(tx);
  const failures = await attempt(target, writes).catch(asFailures(writes));
  if (failures.size === 0) return { failures, undo };
  await undo();
  await waitBriefly(tx);
  const found = await new Separation(target).tryAll(writes);
  await waitAsUsual(tx);
  return { failures: found, undo };
}

/** Finds the rows that the database does not take, and writes the others. */
class Separation {
  private waits = 0;
  private refusals = 0;

  constructor(private readonly target: RowTarget) {}

  async tryAll(writes: readonly RowWrite[]): Promise<Map<TaskKey, RowFailure>> {
    const { waiting } = this.target;
    const byKey = new Map(writes.map((write) => [write.key, write]));
    const because = (reason: PendingReason) =>
      [...waiting].flatMap(([key, why]) => (why === reason && byKey.get(key)) || []);
    const [untried, refused] = [because("untried"), because("problem")];
    const later = new Set([...untried, ...refused]);
    const failures = new Map<TaskKey, RowFailure>();
    for (const group of [writes.filter((write) => !later.has(write)), untried, refused]) {
      for (const [key, failure] of await this.tryEach(group)) failures.set(key, failure);
    }
    return failures;
  }

  private async tryEach(writes: readonly RowWrite[]): Promise<Map<TaskKey, RowFailure>> {
    if (writes.length === 0) return new Map();
    const failures = await this.tryTogether(writes);
    if (failures.size === 0) return failures;
    const unproven = writes.filter(({ key }) => !failures.has(key));
    // A single row is proven to fail; so are rows that were written and read back as something else.
    if (unproven.length > 0) return new Map([...failures, ...(await this.tryEach(unproven))]);
    if (writes.length === 1 || !isShared(failures) || this.waits >= MOST_WAITS) return failures;
    if (this.refusals >= MOST_REFUSALS) return this.leave(writes);
    const half = Math.ceil(writes.length / 2);
    const first = await this.tryEach(writes.slice(0, half));
    return new Map([...first, ...(await this.tryEach(writes.slice(half)))]);
  }

  private leave(writes: readonly RowWrite[]): Map<TaskKey, RowFailure> {
    const { waiting } = this.target;
    return new Map(
      writes.map(({ key }) => [
        key,
        { reason: waiting.get(key) === "problem" ? "problem" : "untried", problem: null },
      ]),
    );
  }

  private async tryTogether(writes: readonly RowWrite[]): Promise<Map<TaskKey, RowFailure>> {
    const failures = await inSavepoint(
      this.target.tx,
      () => attempt(this.target, writes),
      (found) => found.size === 0,
    ).catch(asFailures(writes));
    const [failure] = failures.values();
    if (failure?.reason === "busy") this.waits++;
    else if (failure && writes.length === 1) this.refusals++;
    return failures;
  }
}

/** Whether one error speaks for all of them, so that any one of them may have caused it. */
function isShared(failures: ReadonlyMap<TaskKey, RowFailure>): boolean {
  return new Set([...failures.values()].map(({ reason }) => reason)).size === 1 && failures.size > 1;
}

/** An error of a statement concerns every row that it was to write. */
function asFailures(writes: readonly RowWrite[]): (error: unknown) => Map<TaskKey, RowFailure> {
  return (error) => {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return new Map(
      writes.map(({ key }) => [
        key,
        refusal.busy ? busy(key) : refused(key, `the database refuses the change: ${refusal.message}`),
      ]),
    );
  };
}

/** @returns the rows that are not what was meant, which the caller takes back. */
async function attempt(
  { tx, source, actors }: RowTarget,
  writes: readonly RowWrite[],
): Promise<Map<TaskKey, RowFailure>> {
  const tasks = (exists: boolean) =>
    writes.flatMap((write) => (write.task && write.exists === exists ? [write.task] : []));
  const written = [
    ...(await insertTasks(tx, source, tasks(false), actors)),
    ...(await updateTasks(tx, source, tasks(true), actors)),
  ];
  const deleted = writes.filter(({ task }) => task === null).map(({ key }) => key);
  await deleteTasks(tx, source, deleted);
  const failures = new Map(written.filter(({ differs }) => differs.length > 0).map(altered));
  const versions = new Map<TaskKey, string | null>(written.map(({ id, version }) => [id, version]));
  const dropped = writes.filter(({ key, task }) => task !== null && !versions.has(key));
  await checkNotTaken(tx, source, dropped);
  for (const { key } of dropped) failures.set(key, refused(key, "a trigger in the database drops the write"));
  for (const key of deleted) versions.set(key, null);
  for (const key of await movedTasks(tx, source, versions)) {
    if (!failures.has(key)) failures.set(key, refused(key, "a trigger in the database undoes the change"));
  }
  return failures;
}

/** Locked rows cannot have changed since they were read; a row that was not there can have come. */
async function checkNotTaken(tx: pg.PoolClient, source: string, dropped: readonly RowWrite[]): Promise<void> {
  const inserts = dropped.filter(({ exists }) => !exists).map(({ key }) => key);
  const taken = await existingTasks(tx, source, inserts);
  if (taken.size > 0) throw new StartOver("a task was created during the run", 0);
}

function altered({ id, differs }: WrittenRow): [TaskKey, RowFailure] {
  return [id, refused(id, `a trigger in the database writes something else to ${differs.join(", ")}`)];
}

function refused(key: TaskKey, why: string): RowFailure {
  const message = `Task ${key} could not be written: ${why}`;
  return { reason: "problem", problem: { code: "row_refused", message, task_id: key } };
}

function busy(key: TaskKey): RowFailure {
  const message = `Task ${key} waits, because an open database transaction is writing its row`;
  return { reason: "busy", problem: { code: "row_busy", message, task_id: key } };
}

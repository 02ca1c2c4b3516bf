import type pg from "pg";
import type { LeftOut } from "../../../lib/protocol/bulk.ts";
import { taskEtag } from "../../../lib/protocol/etag.ts";
import type { TaskJson } from "../../../lib/protocol/task.ts";
import { type BulkKind, STATUS_OF_BULK } from "../../../lib/task/bulk-kinds.ts";
import type { Task, TaskKey } from "../../../lib/task/task.ts";
import { waitingTasks } from "../../store/bulk-actions.ts";
import { refusalOf } from "../../store/refusal.ts";
import { isLockTimeout } from "../../store/source-lock.ts";
import { shownTask } from "../../store/shown-task.ts";
import { existingTasks, lockTaskRows, parseStoredTask, type StoredTask } from "../../store/task-rows.ts";
import { inSavepoint } from "../../store/transaction.ts";
import { deleteTasks, updateTasks } from "../../store/write-tasks.ts";

type Left = Omit<LeftOut, "source">;

/** Tasks of one source, each with the ETag that the person saw, if it was given. */
export type WantedTasks = ReadonlyMap<TaskKey, string | undefined>;

export interface WrittenTasks {
  changed: { key: TaskKey; before: TaskJson }[];
  unchanged: number;
  left_out: Left[];
}

/** A task that is to be changed: as it was, and what is to be written; null deletes it. */
interface Change {
  key: TaskKey;
  before: TaskJson;
  after: Task | null;
}

const MESSAGES = {
  changed: "It has changed since you looked",
  gone: "There is no such task",
  busy: "Another database transaction is editing it",
  conflict: "It is in conflict; decide that first",
  held: "It cannot be read on one side; fix its problem first",
} as const;

/**
 * Does the action to some tasks of one source, in the caller's transaction. A task that cannot be changed is left out
 * with its reason, and holds back no other.
 */
export async function writeBulk(
  tx: pg.PoolClient,
  action: BulkKind,
  source: string,
  wanted: WantedTasks,
): Promise<WrittenTasks> {
  const keys = [...wanted.keys()];
  const { rows, busy } = await lockFree(tx, source, keys);
  const waiting = await waitingTasks(tx, source, keys);
  const left_out = missing(keys, rows, busy);
  const changes: Change[] = [];
  let unchanged = 0;
  for (const row of rows) {
    const before = shownTask(row);
    const seen = wanted.get(row.id);
    const waits = waiting.get(row.id);
    if (seen !== undefined && seen.replaceAll('"', "") !== taskEtag(before).replaceAll('"', ""))
      left_out.push(left(row.id, "changed"));
    else if (waits !== undefined) left_out.push(left(row.id, waits));
    else if (before.status === STATUS_OF_BULK[action]) unchanged += 1;
    else addChange(changes, left_out, action, row, before);
  }
  const refused = await writeOrSplit(tx, source, changes);
  return {
    changed: changes.filter(({ key }) => !refused.has(key)),
    unchanged,
    left_out: [
      ...left_out,
      ...[...refused].map(([task_id, message]): Left => ({ task_id, reason: "refused", message })),
    ],
  };
}

/**
 * Locks the rows that are free, and those that become free in a moment, as a row does that a run is carrying to the file.
 * The free ones come first, so that a row that stays held costs the others nothing.
 * @returns the locked rows, and the tasks whose rows stayed `busy`.
 */
async function lockFree(
  tx: pg.PoolClient,
  source: string,
  keys: readonly TaskKey[],
): Promise<{ rows: StoredTask[]; busy: ReadonlySet<TaskKey> }> {
  const free = await lockTaskRows(tx, source, keys, true);
  const held = await existingTasks(tx, source, without(keys, free));
  if (held.size === 0) return { rows: free, busy: held };
  try {
    const freed = await inSavepoint(
      tx,
      () => lockTaskRows(tx, source, [...held]),
      () => true,
    );
    // Rows that are gone by now were deleted by the transaction that had held them.
    return { rows: [...free, ...freed], busy: new Set() };
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    const freed = await lockTaskRows(tx, source, [...held], true);
    const busy = await existingTasks(tx, source, without([...held], freed));
    return { rows: [...free, ...freed], busy };
  }
}

function without(keys: readonly TaskKey[], rows: readonly StoredTask[]): TaskKey[] {
  const found = new Set(rows.map(({ id }) => id));
  return keys.filter((key) => !found.has(key));
}

function left(task_id: TaskKey, reason: keyof typeof MESSAGES): Left {
  return { task_id, reason, message: MESSAGES[reason] };
}

/** The tasks that have no row, or none that is free. */
function missing(keys: readonly TaskKey[], rows: readonly StoredTask[], busy: ReadonlySet<TaskKey>): Left[] {
  return without(keys, rows).map((key) => left(key, busy.has(key) ? "busy" : "gone"));
}

function addChange(
  changes: Change[],
  left_out: Left[],
  action: BulkKind,
  row: StoredTask,
  before: TaskJson,
): void {
  const status = STATUS_OF_BULK[action];
  if (status === null) {
    changes.push({ key: row.id, before, after: null });
    return;
  }
  const parsed = parseStoredTask(row);
  if (parsed.ok) changes.push({ key: row.id, before, after: { ...parsed.task, status, updated_at: null } });
  else left_out.push({ task_id: row.id, reason: "invalid", message: parsed.problem.message });
}

/**
 * Writes the changes with one statement; where the database refuses that, one by one.
 * @returns the tasks that the database did not take, with the reason.
 */
async function writeOrSplit(
  tx: pg.PoolClient,
  source: string,
  changes: readonly Change[],
): Promise<Map<TaskKey, string>> {
  if (changes.length === 0) return new Map();
  try {
    return await inSavepoint(
      tx,
      () => write(tx, source, changes),
      () => true,
    );
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const [only] = changes;
    if (changes.length === 1 && only) return new Map([[only.key, refusal.message]]);
  }
  const refused = new Map<TaskKey, string>();
  for (const change of changes)
    for (const [key, message] of await writeOrSplit(tx, source, [change])) refused.set(key, message);
  return refused;
}

async function write(
  tx: pg.PoolClient,
  source: string,
  changes: readonly Change[],
): Promise<Map<TaskKey, string>> {
  const updates = changes.flatMap(({ after }) => (after === null ? [] : [after]));
  const deletions = changes.filter(({ after }) => after === null).map(({ key }) => key);
  const written = new Set((await updateTasks(tx, source, updates)).map(({ id }) => id));
  const deleted = await deleteTasks(tx, source, deletions);
  const kept = deleted === deletions.length ? new Set() : await existingTasks(tx, source, deletions);
  const dropped = changes.filter(({ key, after }) => (after === null ? kept.has(key) : !written.has(key)));
  return new Map(dropped.map(({ key }) => [key, "A trigger in the database drops the change"]));
}

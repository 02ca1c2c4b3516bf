import { LockstepError } from "../../../lib/errors.ts";
import type { JsonMap } from "../../../lib/json.ts";
import type { Actor } from "../../../lib/protocol/actor.ts";
import type { BulkUndoAnswer } from "../../../lib/protocol/bulk.ts";
import { STATUS_OF_BULK } from "../../../lib/task/bulk-kinds.ts";
import { parseTask } from "../../../lib/task/schema.ts";
import { getBulkAction, splitForUndo, undoInWords } from "../../queries/bulk-actions.ts";
import { markBulkUndone, unmarkBulkUndone } from "../../store/bulk-actions.ts";
import { pool } from "../../store/pool.ts";
import { type TaskOfBulk, tasksOfBulk } from "../../store/read/bulk-actions.ts";
import { lockTaskRows, parseStoredTask } from "../../store/task-rows.ts";
import { insertTasks, updateTasks } from "../../store/write-tasks.ts";
import { awaitRun } from "../await-run.ts";
import { requestEditRun } from "../request-edit-run.ts";
import { wakeAfterCommit } from "../wake-after-commit.ts";
import { writeAsActor } from "../write-as-actor.ts";
import { requireOwn } from "./start-bulk.ts";

/**
 * Puts every task of the action back that was not edited since. What a run has carried is undone on both sides with a
 * run; the rest, such as deletions that a guard has halted, is written back to the database.
 * @throws {LockstepError} not_found, forbidden, not_undoable (it was undone already, it changed nothing, or it goes on)
 */
export async function undoBulk(id: string | undefined, { actor }: { actor: Actor }): Promise<BulkUndoAnswer> {
  const bulk = await getBulkAction(id);
  requireOwn(bulk, actor);
  const split = splitForUndo(await tasksOfBulk(bulk.id), STATUS_OF_BULK[bulk.action]);
  if (split.back.length === 0) throw notUndoable("nothing is left of it to put back");
  if (!(await markBulkUndone(pool(), bulk.id, actor.name)))
    throw notUndoable(bulk.undone_at === null ? "it is still going on" : "it has been undone already");
  const failures: BulkUndoAnswer["failures"] = [];
  let conflicts = 0;
  const groups = inGroups(split.back);
  for (const group of groups) {
    try {
      conflicts += await putBack(group, actor);
    } catch (error) {
      if (!(error instanceof LockstepError)) throw error;
      failures.push({ source: group.source, message: error.message });
    }
  }
  if (failures.length === groups.length) await unmarkBulkUndone(pool(), bulk.id);
  return { ...undoInWords(split), conflicts, failures, bulk_action: await getBulkAction(bulk.id) };
}

function notUndoable(why: string): LockstepError {
  return new LockstepError("not_undoable", `this action cannot be undone: ${why}`);
}

interface Group {
  source: string;
  /** The run that carried these tasks; null when none did. */
  run: string | null;
  tasks: TaskOfBulk[];
}

function inGroups(tasks: readonly TaskOfBulk[]): Group[] {
  const groups = new Map<string, Group>();
  for (const task of tasks) {
    const { source, run_id: run } = task;
    const key = JSON.stringify([source, run]);
    const group = groups.get(key) ?? { source, run, tasks: [] };
    group.tasks.push(task);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** @returns the number of tasks that became conflicts, because the file was edited meanwhile. */
async function putBack({ source, run, tasks }: Group, actor: Actor): Promise<number> {
  if (run === null) {
    await writeBack(source, tasks, actor);
    return 0;
  }
  const { run: undoing } = await awaitRun({
    source,
    trigger: "rollback",
    options: { kind: "rollback", reverts: run, tasks: tasks.map(({ task_id }) => task_id) },
    requested_by: actor.name,
    requested_from: actor.from,
  });
  if (undoing.outcome === "failed")
    throw new LockstepError("unavailable", undoing.problems.at(-1)?.message ?? "the run failed");
  if (undoing.outcome === "halted")
    throw new LockstepError("unavailable", undoing.halt?.reason ?? "the run was halted");
  return undoing.counts.conflicts;
}

/** Writes the tasks back to the database, and lets a run compare the sides. */
async function writeBack(source: string, tasks: readonly TaskOfBulk[], actor: Actor): Promise<void> {
  await writeAsActor(actor, `tasks of ${source}`, async (tx) => {
    const earlier = new Map(tasks.map(({ task_id, before }) => [task_id, before]));
    const rows = await lockTaskRows(tx, source, [...earlier.keys()], true);
    const updates = rows.flatMap((row) => {
      const parsed = parseStoredTask(row);
      const before = earlier.get(row.id);
      earlier.delete(row.id);
      return parsed.ok && before ? [{ ...parsed.task, status: before.status, updated_at: null }] : [];
    });
    await updateTasks(tx, source, updates);
    const inserts = [...earlier.values()].flatMap(({ source: _source, ...fields }) => {
      const parsed = parseTask(fields as JsonMap);
      return parsed.ok ? [parsed.task] : [];
    });
    await insertTasks(tx, source, inserts);
    await requestEditRun(tx, actor, source);
  });
  wakeAfterCommit(source);
}

import type { Problem } from "../../lib/problem.ts";
import type { IntentItem } from "../../lib/sync/recover.ts";
import type { PendingReason, PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { SideTasks, Snapshot } from "../endpoints/endpoint.ts";
import { EndpointChanged, EndpointUnwritable } from "../endpoints/errors.ts";
import { saveIntent } from "../store/file-intents.ts";
import { deleteTasks, insertTasks, updateTasks } from "../store/task-rows.ts";
import { savepoint } from "../store/transaction.ts";
import type { CurrentRun } from "./current-run.ts";
import type { Findings } from "./findings.ts";
import type { KnownTasks } from "./known-tasks.ts";
import { StartOver } from "./source-context.ts";

export interface ExecutedPlan {
  /** What was done; a task whose file change could not be written is not among the items. */
  items: PlanItem[];
  /** Tasks that wait for another run, and why. */
  left: Map<TaskKey, PendingReason>;
  problems: Problem[];
  /** The file as it is now. */
  snapshot: Snapshot;
  fileWritten: boolean;
  unwritable: boolean;
  /** Who asked for the change of a task; a task that is not in it was changed by an edit of the file. */
  actors: ReadonlyMap<TaskKey, string>;
}

/**
 * Carries out a plan: rows first (not yet committed), then the file, so that whatever can fail has failed
 * before the file is touched. A file that cannot be written keeps its tasks pending on both sides;
 * everything else of the plan goes through.
 * @throws {StartOver} when a side is not what the plan was made from.
 */
export async function execute(
  run: CurrentRun,
  { file, known, decision: { plan } }: Findings,
  actors: ReadonlyMap<TaskKey, string>,
): Promise<ExecutedPlan> {
  const { context, tx } = run;
  const edit = await file.edit(plan.items, context.clock.now());
  const done = plan.items.filter((item) => !edit.refused.has(item.key));
  const left = new Map<TaskKey, PendingReason>([...edit.refused.keys()].map((key) => [key, "problem"]));
  const problems = [...edit.refused.values()];
  const outcome = {
    items: done,
    left,
    problems,
    snapshot: file,
    fileWritten: false,
    unwritable: false,
    actors,
  };
  if (edit.write === null) {
    await writeRows(run, done, known, actors);
    return outcome;
  }
  const undoRows = await savepoint(tx);
  await writeRows(run, done, known, actors);
  try {
    const snapshot = await edit.write((revisionAfter) =>
      saveIntent(context.pool, context.source, {
        revision_before: file.revision,
        revision_after: revisionAfter,
        items: done
          .filter((item) => item.file !== undefined)
          .map((item) => intentItem(item, known, actors, edit.tasks)),
      }),
    );
    return { ...outcome, snapshot, fileWritten: true };
  } catch (error) {
    const learned = { snapshot: file };
    if (error instanceof EndpointChanged)
      throw new StartOver("the file was saved during the run", 0, learned);
    if (!(error instanceof EndpointUnwritable)) throw error;
    await undoRows();
    const possible = done.filter((item) => item.file === undefined);
    for (const item of done) if (item.file !== undefined) left.set(item.key, "unwritable");
    await writeRows(run, possible, known, actors);
    problems.push({
      code: "file_unwritable",
      message: `${error.message}; the edits wait and are tried again`,
    });
    return { ...outcome, items: possible, unwritable: true };
  }
}

async function writeRows(
  { context, tx }: CurrentRun,
  items: readonly PlanItem[],
  { byKey }: KnownTasks,
  actors: ReadonlyMap<TaskKey, string>,
): Promise<void> {
  const writes = items.flatMap(({ key, database }) =>
    database ? [{ task: database, exists: byKey.get(key)?.row !== undefined }] : [],
  );
  const inserts = writes.filter((write) => !write.exists).map((write) => write.task);
  // Locked rows cannot have changed since they were read; a row that was not there can have come.
  if ((await insertTasks(tx, context.source, inserts, actors)) < inserts.length) {
    throw new StartOver("a task was created during the run", 0);
  }
  const updates = writes.filter((write) => write.exists).map((write) => write.task);
  await updateTasks(tx, context.source, updates, actors);
  const deletes = items.filter((item) => item.database === null).map((item) => item.key);
  if (deletes.length > 0) await deleteTasks(tx, context.source, deletes);
}

function intentItem(
  { key, database, ancestor }: PlanItem,
  { byKey }: KnownTasks,
  actors: ReadonlyMap<TaskKey, string>,
  after: SideTasks,
): IntentItem {
  const actor = actors.get(key);
  return {
    key,
    databaseBefore: byKey.get(key)?.row?.content ?? null,
    databaseAfter: database,
    ancestor,
    fingerprint: after.fingerprintOf(key) ?? null,
    ...(actor === undefined ? {} : { actor }),
  };
}

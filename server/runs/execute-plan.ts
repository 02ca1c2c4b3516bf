import type pg from "pg";
import type { Problem } from "../../lib/problem.ts";
import type { PendingReason, PlanItem } from "../../lib/sync/types.ts";
import { contentOf } from "../../lib/task/content.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { ScheduleDocument } from "../../lib/yaml/document.ts";
import { FileChanged, FileUnwritable } from "../endpoints/yaml-file/write-errors.ts";
import { writeSchedule } from "../endpoints/yaml-file/write-schedule.ts";
import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";
import { type IntentItem, saveIntent } from "../store/file-intents.ts";
import { deleteTasks, insertTasks, updateTasks } from "../store/task-rows.ts";
import { savepoint } from "../store/transaction.ts";
import type { RunDecision } from "./decide.ts";
import { editFile } from "./edit-file.ts";
import type { LoadedCandidate } from "./load-candidates.ts";
import { StartOver, type SourceContext } from "./source-context.ts";

export interface ExecutedPlan {
  /** What was done; a task whose file change could not be written is not among them. */
  items: PlanItem[];
  left: Map<TaskKey, PendingReason>;
  problems: Problem[];
  /** The file as it is now. */
  snapshot: FileSnapshot;
  fileWritten: boolean;
  unwritable: boolean;
}

/**
 * Performs a plan: rows first (not yet committed), then the file, so that whatever can fail has
 * failed before the file is touched. A file that cannot be written keeps its tasks pending on both
 * sides; everything else of the plan goes through.
 * @throws {StartOver} when a side is not what the plan was made from.
 */
export async function executePlan(
  context: SourceContext,
  tx: pg.PoolClient,
  decision: Pick<RunDecision, "plan" | "candidates" | "actors">,
  file: FileSnapshot,
): Promise<ExecutedPlan> {
  const { items } = decision.plan;
  const edited = await editFile(file.document, items, context.clock.now());
  const done = items.filter((item) => !edited.refused.has(item.key));
  const left = new Map<TaskKey, PendingReason>([...edited.refused.keys()].map((key) => [key, "problem"]));
  const problems = [...edited.refused.values()];
  if (edited.document === null) {
    await writeRows(context, tx, done, decision);
    return { items: done, left, problems, snapshot: file, fileWritten: false, unwritable: false };
  }
  const takeBackRows = await savepoint(tx);
  await writeRows(context, tx, done, decision);
  try {
    const snapshot = await writeFile(context, done, decision, file, edited.document);
    return { items: done, left, problems, snapshot, fileWritten: true, unwritable: false };
  } catch (error) {
    if (error instanceof FileChanged) throw new StartOver("the file was saved during the run", 0);
    if (!(error instanceof FileUnwritable)) throw error;
    await takeBackRows();
    const possible = done.filter((item) => item.file === undefined);
    for (const item of done) if (item.file !== undefined) left.set(item.key, "unwritable");
    await writeRows(context, tx, possible, decision);
    problems.push({
      code: "file_unwritable",
      message: `${error.message}; the edits wait and are tried again`,
    });
    return { items: possible, left, problems, snapshot: file, fileWritten: false, unwritable: true };
  }
}

async function writeRows(
  context: SourceContext,
  tx: pg.PoolClient,
  items: readonly PlanItem[],
  { candidates, actors }: Pick<RunDecision, "candidates" | "actors">,
): Promise<void> {
  const writes = items.flatMap(({ key, database }) =>
    database ? [{ task: database, exists: candidates.get(key)?.row !== undefined }] : [],
  );
  const inserts = writes.filter((write) => !write.exists).map((write) => write.task);
  // Locked rows cannot have changed since they were read; a row that was not there can have come.
  if ((await insertTasks(tx, context.source, inserts, actors)) < inserts.length) {
    throw new StartOver("a task was created during the run", 0);
  }
  await updateTasks(
    tx,
    context.source,
    writes.filter((write) => write.exists).map((write) => write.task),
    actors,
  );
  const deletes = items.filter((item) => item.database === null).map((item) => item.key);
  if (deletes.length > 0) await deleteTasks(tx, context.source, deletes);
}

async function writeFile(
  context: SourceContext,
  items: readonly PlanItem[],
  { candidates, actors }: Pick<RunDecision, "candidates" | "actors">,
  file: FileSnapshot,
  document: ScheduleDocument,
): Promise<FileSnapshot> {
  return writeSchedule(file, document, context.backups, (revisionAfter) =>
    saveIntent(context.pool, context.source, {
      revision_before: file.revision,
      revision_after: revisionAfter,
      items: items
        .filter((item) => item.file !== undefined)
        .map((item) => intentItem(item, candidates, actors, document)),
    }),
  );
}

function intentItem(
  { key, database, ancestor }: PlanItem,
  candidates: ReadonlyMap<TaskKey, LoadedCandidate>,
  actors: ReadonlyMap<TaskKey, string>,
  document: ScheduleDocument,
): IntentItem {
  const actor = actors.get(key);
  const before = candidates.get(key)?.database;
  return {
    key,
    databaseBefore: before && before !== "held" ? contentOf(before.task) : null,
    databaseAfter: database,
    ancestor,
    fingerprint: document.fingerprintOf(key) ?? null,
    ...(actor === undefined ? {} : { actor }),
  };
}

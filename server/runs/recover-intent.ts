import { positionsOfRun } from "../../lib/sync/carried.ts";
import {
  completionAfterCrash,
  type IntentItem,
  isEditedSince,
  rememberingCarried,
  writtenItems,
} from "../../lib/sync/recover.ts";
import type { Ancestor } from "../../lib/sync/types.ts";
import type { TaskContent, TaskKey } from "../../lib/task/task.ts";
import type { SideTasks, Snapshot } from "../endpoints/endpoint.ts";
import { forgetAncestors, loadAncestors, saveAncestors } from "../store/ancestors.ts";
import { saveDeletions } from "../store/carried-deletions.ts";
import { completeIntent, type FileIntent } from "../store/file-intents.ts";
import { findRevision, saveRevisions } from "../store/file-revisions.ts";
import { releaseRequests } from "../store/requests.ts";
import { lockTaskRows, parseStoredTask } from "../store/task-rows.ts";
import { answered, type CurrentRun, type RunResult } from "./current-run.ts";
import { type CompletedTask, tellCompleted } from "./tell-completed.ts";
import { type RowWrite, writeRows } from "./write-rows.ts";

/**
 * Completes a run that died between its file write and its commit. Where the file says of a task what
 * that run wrote, the run's other half (row and ancestor) is done now; a row that was edited since keeps its edit.
 * Where it does not, the write never happened, or someone saved over it, and the ordinary reconcile from
 * the old ancestor is right. Either way no edit is lost, and our own write is not taken for an edit.
 *
 * It commits by itself and answers nothing, so that the next run starts from a whole record, also when
 * that run halts or dies in its turn. What it completes is in the history as a run of its own.
 */
export async function recoverIntent(run: CurrentRun, intent: FileIntent, file: Snapshot): Promise<RunResult> {
  const { context, tx, work, requests, memory } = run;
  const { source } = context;
  const written = writtenItems(intent.items, (item) => saysSo(item, file.tasks));
  const actors = new Map(
    written.flatMap(({ key, actor }) => (actor === undefined ? [] : [[key, actor] as const])),
  );
  const completions = await complete(run, written);
  const { failures } = await writeRows({ tx, source, actors, waiting: new Map() }, rowWrites(completions));
  // What the file says of a task whose row is refused now counts as an edit of the file, which waits.
  const completed = completions.filter(({ item }) => !failures.has(item.key));
  const agreed = await loadAncestors(
    tx,
    source,
    completed.map(({ item }) => item.key),
  );
  await saveAncestors(
    tx,
    source,
    completed.flatMap(({ item: { key, fingerprint }, ancestor }) =>
      ancestor ? [{ key, ancestor, fingerprint }] : [],
    ),
  );
  const edited = editedSince(intent, file.tasks);
  await rememberCarried(run, edited);
  const forgotten = completed.filter(({ ancestor }) => !ancestor).map(({ item }) => item.key);
  const position = positionsOfRun(work.source.file_position).written;
  await saveDeletions(tx, source, deletedFromFile(completed, agreed), position);
  await forgetAncestors(tx, source, forgotten);
  await completeIntent(tx, source, position);
  await rememberOlderFile(run, intent, position);
  await releaseRequests(tx, requests.ids);
  const told = await tellCompleted(run, file, {
    completed,
    editedSince: edited,
    agreed,
  });
  return answered(run, { run: told, snapshot: memory.snapshot });
}

/** Nothing of these tasks is completed, but what the killed run brought into the file is known to be the database's. */
async function rememberCarried({ context, tx }: CurrentRun, edited: readonly IntentItem[]): Promise<void> {
  const { source } = context;
  const known = await loadAncestors(
    tx,
    source,
    edited.map(({ key }) => key),
  );
  const updates = edited.flatMap((item) => {
    const before = known.get(item.key);
    if (!before) return [];
    const { fingerprint } = before;
    return [{ key: item.key, ancestor: rememberingCarried(before, item), fingerprint }];
  });
  await saveAncestors(tx, source, updates);
}

/** The tasks that the killed run has taken out of the file, with what both sides had agreed on. */
function deletedFromFile(
  completed: readonly Completed[],
  agreed: ReadonlyMap<TaskKey, Ancestor>,
): Map<TaskKey, TaskContent> {
  const gone = completed.filter(({ item }) => item.fingerprint === null).map(({ item }) => item.key);
  const deleted = new Map<TaskKey, TaskContent>();
  for (const key of gone) {
    const content = agreed.get(key)?.content;
    if (content) deleted.set(key, content);
  }
  return deleted;
}

/**
 * Where the killed run had found an older version of the file, what it wrote is as old in all that it did not change: its
 * author does not know either what the database has changed since.
 */
async function rememberOlderFile(
  { context, tx, work }: CurrentRun,
  { revision_before, revision_after }: FileIntent,
  position: number,
): Promise<void> {
  if (revision_before === work.source.file_revision) return;
  const seen = await findRevision(tx, context.source, revision_before);
  if (!seen) return;
  const written = { revision: revision_after, position: seen.position, written: true };
  await saveRevisions(tx, context.source, [written], position);
}

/** Tasks that were edited in the file after the killed run had decided about them. */
function editedSince({ items }: FileIntent, tasks: SideTasks): IntentItem[] {
  return items.filter((item) => isEditedSince(item, tasks.fingerprintOf(item.key) ?? null));
}

function saysSo({ key, fingerprint }: IntentItem, tasks: SideTasks): boolean {
  if (tasks.held.has(key)) return false;
  if (fingerprint === null) return tasks.everyItemIdentified && !tasks.has(key);
  return tasks.fingerprintOf(key) === fingerprint;
}

interface Completed extends CompletedTask {
  /** Whether there is a row, which this transaction has locked. */
  exists: boolean;
}

async function complete({ tx, context }: CurrentRun, written: readonly IntentItem[]): Promise<Completed[]> {
  const keys = written.map((item) => item.key).sort();
  const rows = await lockTaskRows(tx, context.source, keys);
  const now = new Map(rows.map((row) => [row.id, parseStoredTask(row)]));
  return written.map((item) => {
    const row = now.get(item.key);
    // A row that cannot be read is held as it is.
    if (row && !row.ok) return { item, exists: true, row: undefined, ancestor: item.ancestor };
    return { item, exists: row !== undefined, ...completionAfterCrash(item, row?.task ?? null) };
  });
}

function rowWrites(completions: readonly Completed[]): RowWrite[] {
  return completions.flatMap(({ item: { key }, row: task, exists }) =>
    task === undefined ? [] : [{ key, task, exists }],
  );
}

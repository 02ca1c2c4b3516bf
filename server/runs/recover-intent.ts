import type { JsonMap } from "../../lib/json.ts";
import { mergeMaps } from "../../lib/sync/merge.ts";
import { withPath } from "../../lib/sync/path.ts";
import { contentMap, contentOf, equalContent } from "../../lib/task/content.ts";
import { parseTask } from "../../lib/task/schema.ts";
import type { Task, TaskContent } from "../../lib/task/task.ts";
import type { ScheduleDocument } from "../../lib/yaml/document.ts";
import { forgetAncestors, saveAncestors } from "../store/ancestors.ts";
import { completeIntent, type FileIntent, type IntentItem } from "../store/file-intents.ts";
import type { Queryable } from "../store/pool.ts";
import { deleteTasks, insertTasks, lockTaskRows, parseStoredTask, updateTasks } from "../store/task-rows.ts";

/**
 * Completes a run that died between its file write and its commit. Task by task: where the file
 * says what that run wrote, the run's other half (row and ancestor) is done now, around any edit
 * of the row since; where it does not, the write never happened, or someone saved over it, and the
 * ordinary reconcile from the old ancestor is right. Either way no edit is lost, and what we wrote
 * ourselves is not taken for somebody's change.
 */
export async function recoverIntent(
  tx: Queryable,
  source: string,
  intent: FileIntent,
  document: ScheduleDocument,
): Promise<void> {
  const written = intent.items.filter(
    ({ key, fingerprint }) =>
      !document.held.has(key) &&
      (fingerprint === null
        ? document.everyItemIdentified && !document.has(key)
        : document.fingerprintOf(key) === fingerprint),
  );
  const rows = await lockTaskRows(tx, source, written.map((item) => item.key).sort());
  const now = new Map(rows.map((row) => [row.id, parseStoredTask(row)]));
  const inserts: Task[] = [];
  const updates: Task[] = [];
  const deletes: string[] = [];
  for (const item of written) {
    const row = now.get(item.key);
    if (row && !row.ok) continue; // a row that cannot be read is held as it is
    const wanted = wantedRow(item, row?.task ?? null);
    if (wanted === "as it is") continue;
    if (wanted === null) deletes.push(item.key);
    else (row ? updates : inserts).push(wanted);
  }
  const actors = new Map(
    written.flatMap(({ key, actor }) => (actor === undefined ? [] : [[key, actor] as const])),
  );
  await insertTasks(tx, source, inserts, actors);
  await updateTasks(tx, source, updates, actors);
  await deleteTasks(tx, source, deletes);
  await saveAncestors(
    tx,
    source,
    written.flatMap(({ key, ancestor, fingerprint }) => (ancestor ? [{ key, ancestor, fingerprint }] : [])),
  );
  await forgetAncestors(
    tx,
    source,
    written.filter((item) => !item.ancestor).map((item) => item.key),
  );
  await completeIntent(tx, source);
}

function wantedRow(item: IntentItem, row: Task | null): Task | null | "as it is" {
  // The run did not mean to touch the row: any difference from the new ancestor is an edit since.
  if (item.databaseAfter === undefined) return "as it is";
  const unchanged =
    item.databaseBefore === null
      ? row === null
      : row !== null && equalContent(contentOf(row), item.databaseBefore);
  if (unchanged) return item.databaseAfter;
  // Edited since, and deleted by it or by the run: whatever stands now is the edit.
  if (row === null || item.databaseAfter === null || item.databaseBefore === null) return "as it is";
  return joined(item.databaseBefore, item.databaseAfter, row);
}

/** The run's change and the edit since, the edit winning where they meet. */
function joined(before: TaskContent, after: Task, row: Task): Task {
  const merged = mergeMaps(contentMap(before), contentMap(contentOf(after)), contentMap(contentOf(row)));
  let plain: JsonMap = merged.value;
  for (const { path, database } of merged.conflicts) plain = withPath(plain, path, database) ?? plain;
  const parsed = parseTask({ ...plain, id: row.id, updated_at: row.updated_at });
  return parsed.ok ? parsed.task : row;
}

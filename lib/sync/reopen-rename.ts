import type { JsonMap } from "../json.ts";
import { contentOf, equalContent } from "../task/content.ts";
import { parseTask } from "../task/schema.ts";
import type { Task, TaskKey } from "../task/task.ts";
import { asTheRunLeftIt, changeOf, fieldsBehind, type ResolvedConflict } from "./reopen.ts";
import type { LoadedCandidate, PlanItem } from "./types.ts";
import type { ChangeOfRun } from "./undo.ts";

/** A rename that a run had decided, and that a person is asked about again. */
export interface ReopenedRename {
  from: TaskKey;
  to: TaskKey;
  /** Both tasks as they were when the question was open. */
  candidates: [LoadedCandidate, LoadedCandidate];
  /** What puts them back so. */
  items: PlanItem[];
}

/**
 * Undoes the answer to a rename by asking again, with the row under its old id and the file's task under its new one.
 * Undefined when one of them was edited since; the run is then undone like any other.
 */
export function reopenedRename(
  settled: ResolvedConflict,
  candidates: ReadonlyMap<TaskKey, LoadedCandidate>,
  changes: readonly ChangeOfRun[],
): ReopenedRename | undefined {
  const [file, row, agreed] = [settled.file, settled.database, settled.ancestor].map(parsed);
  if (settled.renamed_to === undefined || !file || !row || !agreed) return undefined;
  const [from, to] = [settled.task_id, settled.renamed_to];
  const [old, now] = [candidates.get(from), candidates.get(to)];
  if (!old || !now || !wasLeftSo(old, changes) || !wasLeftSo(now, changes)) return undefined;
  const ancestor = { content: contentOf(agreed), fieldsLeftBehind: fieldsBehind(agreed, file, []) };
  const oldCandidate: LoadedCandidate = { ...old, ancestor, file: undefined, database: { task: row } };
  const newCandidate: LoadedCandidate = {
    ...now,
    ancestor: undefined,
    file: { task: file },
    database: undefined,
  };
  return {
    from,
    to,
    candidates: [oldCandidate, newCandidate],
    items: [oldItem(old, { row, ancestor, to }), newItem({ old, now }, file)],
  };
}

function wasLeftSo(candidate: LoadedCandidate, changes: readonly ChangeOfRun[]): boolean {
  const after = changes.find(({ task_id }) => task_id === candidate.key)?.after ?? null;
  return asTheRunLeftIt(candidate, after === null ? null : (JSON.parse(after) as JsonMap));
}

/** The row has its old id again, and its task has none in the file. */
function oldItem(
  { key, row: present }: LoadedCandidate,
  { row, ancestor, to }: { row: Task; ancestor: NonNullable<LoadedCandidate["ancestor"]>; to: TaskKey },
): PlanItem {
  const before = present?.content ?? null;
  const item: PlanItem = {
    key,
    action: before ? "update" : "create",
    merged: false,
    before,
    after: contentOf(row),
    ancestor,
  };
  if (!before || !equalContent(before, contentOf(row))) item.database = row;
  // Where the row has kept its id, nothing is renamed back.
  if (!before) item.renamedFrom = to;
  return item;
}

/** The file's task has its new id again, and no row. */
function newItem({ old, now }: { old: LoadedCandidate; now: LoadedCandidate }, wanted: Task): PlanItem {
  const before = now.row?.content ?? null;
  const item: PlanItem = {
    key: now.key,
    action: before ? "delete" : "update",
    merged: false,
    before,
    after: before ? null : contentOf(wanted),
    ancestor: null,
  };
  if (now.row) {
    item.database = null;
    item.renamedTo = old.key;
  }
  const change = old.file === undefined ? changeOf(now.file, wanted) : changeOf(old.file, wanted);
  if (old.file === undefined) return change === undefined ? item : { ...item, file: change };
  const { edits = [], stamp = null } = change ?? {};
  const id = { path: ["id"], value: wanted.id };
  return { ...item, file: { edits: [id, ...edits], stamp, renames: old.key } };
}

function parsed(stored: JsonMap | null): Task | null {
  const task = stored && parseTask(stored);
  return task?.ok ? task.task : null;
}

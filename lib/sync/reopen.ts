import { equalJson, type JsonMap } from "../json.ts";
import { changesFor, NO_EDITS } from "./diff.ts";
import { getKey, unionKeys } from "./path.ts";
import { reconcile } from "./reconcile.ts";
import { standsInFile, withoutFieldsLeftBehind } from "./two-sides.ts";
import type { Ancestor, FileChange, LoadedCandidate, PlanItem, ReconcileOptions, SideTask } from "./types.ts";
import { contentMap, contentOf, equalContent } from "../task/content.ts";
import { parseTask } from "../task/schema.ts";
import { FIELD_DEFAULTS, FIELD_NAMES, fieldsWhere, isRuntimeField } from "../task/fields.ts";
import type { Task, TaskKey } from "../task/task.ts";

/** A conflict at the moment when a run resolved it. A side is null when it did not have the task. */
export interface ResolvedConflict {
  task_id: TaskKey;
  /** Of a rename: the id that the file's task had. */
  renamed_to?: TaskKey;
  fields: string[];
  ancestor: JsonMap | null;
  file: JsonMap | null;
  database: JsonMap | null;
}

/** Both sides before a conflict was resolved, and their ancestor. */
export interface Reopened {
  file: Task | null;
  database: Task | null;
  ancestor: Ancestor | undefined;
}

/**
 * Undoes a resolution that left a task as `left`, by bringing the conflict back. No single earlier state holds the
 * edits of both sides, so going back to one state would lose edits. The result is undefined when a side was edited
 * since, or when the sides would not be in conflict under the present settings. Such a run is undone like any other.
 */
export function reopened(
  settled: ResolvedConflict,
  left: JsonMap | null,
  candidate: LoadedCandidate,
  options: ReconcileOptions,
): Reopened | undefined {
  // The timestamp strategy would see a side that is put back as newer, and find no conflict.
  if (options.strategy !== "three-way" || !asTheRunLeftIt(candidate, left)) return undefined;
  const [agreed, file, database] = [settled.ancestor, settled.file, settled.database].map(parseConflictSide);
  if (agreed === undefined || file === undefined || database === undefined) return undefined;
  const ancestor = agreed
    ? { content: contentOf(agreed), fieldsLeftBehind: fieldsBehind(agreed, file, settled.fields) }
    : undefined;
  const back = { file, database: database && ticked(database, candidate, left), ancestor };
  const plan = reconcile([asCandidate(candidate, back)], {
    ...options,
    fileAbsenceBelieved: true,
    force: false,
  });
  return plan.conflicts.length > 0 ? back : undefined;
}

/** The task as reconcile must see it, so that the conflict is found and stored again. */
export function asCandidate(
  candidate: LoadedCandidate,
  { file, database, ancestor }: Reopened,
): LoadedCandidate {
  return {
    ...candidate,
    ancestor,
    file: file ? { task: file } : undefined,
    database: database ? { task: database } : undefined,
  };
}

/** The item of a plan that puts both sides back. */
export function reopeningItem(
  candidate: LoadedCandidate,
  { file, database, ancestor }: Reopened,
  recalled: ReadonlyMap<TaskKey, SideTask | undefined>,
): PlanItem {
  const row = candidate.row?.content ?? null;
  const linesBack = saysTheSame(recalled, candidate.key, file);
  const change = changeOf(candidate.file, file);
  const fileChange = change !== undefined && linesBack ? file && NO_EDITS : change;
  const item: PlanItem = {
    key: candidate.key,
    action: candidate.row || candidate.file ? "update" : "create",
    merged: false,
    before: row,
    after: (database && contentOf(database)) ?? (file && contentOf(file)),
    ancestor: ancestor ?? null,
  };
  if (fileChange !== undefined) {
    item.file = fileChange;
    if (linesBack) item.linesBack = true;
  }
  const sameRow = row && database ? equalContent(row, contentOf(database)) : row === database;
  if (!sameRow) item.database = database;
  return item;
}

/** Whether the file's earlier lines say what the file said in the conflict. */
function saysTheSame(
  recalled: ReadonlyMap<TaskKey, SideTask | undefined>,
  key: TaskKey,
  file: Task | null,
): boolean {
  const lines = recalled.get(key)?.task;
  if (lines && file) return equalContent(contentOf(lines), contentOf(file));
  return recalled.has(key) && !lines && !file;
}

/**
 * Whether the row still says what it said in the conflict. Where the conflict cannot be brought back, because an older
 * version of the file was its cause, the run has changed nothing that could be put back in the database.
 */
export function keepsRow({ database }: ResolvedConflict, { row }: LoadedCandidate): boolean {
  const then = parseConflictSide(database);
  if (!then || !row?.content) return false;
  return equalJson(withoutRuntime(contentMap(then)), withoutRuntime(contentMap(row.content)));
}

/** Whether neither side was edited since. The program that executes the task may have reported runtime fields. */
export function asTheRunLeftIt({ row, ancestor, file }: LoadedCandidate, left: JsonMap | null): boolean {
  if (file === "held") return false;
  if (!ancestor || !left) return !ancestor && !left && row === undefined && file === undefined;
  const agreed = contentMap(ancestor.content);
  if (!equalJson(withoutRuntime(agreed), withoutRuntime(left))) return false;
  if (!row?.content || !equalJson(contentMap(row.content), agreed)) return false;
  return file !== undefined && equalJson(withoutFieldsLeftBehind(contentMap(file.task), ancestor), agreed);
}

/** The row with the runtime fields that were reported since, because they do not come from the resolution. */
function ticked(database: Task, { row }: LoadedCandidate, left: JsonMap | null): Task {
  const now = row?.content;
  if (!now || !left) return database;
  const reported = fieldsWhere((spec) => spec.runtime === true).filter(
    (field) => !equalJson(now[field], getKey(left, field)),
  );
  return { ...database, ...Object.fromEntries(reported.map((field) => [field, now[field]])) };
}

function withoutRuntime(content: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(content).filter(([field]) => !isRuntimeField(field)));
}

/** What makes a task of the file say what is wanted; undefined when it says so already. */
export function changeOf(
  now: SideTask | "held" | undefined,
  wanted: Task | null,
): FileChange | null | undefined {
  if (now === "held" || (now === undefined && wanted === null)) return undefined;
  if (wanted === null) return null;
  if (now === undefined) return { create: textOf(wanted), stamp: wanted.updated_at };
  const [from, to] = [contentMap(now.task), contentMap(wanted)];
  const differing = unionKeys(from, to).filter((field) => !equalJson(getKey(from, field), getKey(to, field)));
  if (differing.length === 0) return undefined;
  const edits = changesFor(from, to, differing, (field) => standsInFile(now, field));
  return { edits, stamp: wanted.updated_at };
}

/** The task as it is written to the file, without fields that have their default. */
function textOf(task: Task): JsonMap {
  const content = contentMap(task);
  const names = [...new Set<string>([...FIELD_NAMES, ...Object.keys(content)])];
  const said = names.filter((name) => !equalJson(getKey(content, name), getKey(FIELD_DEFAULTS, name)));
  return Object.fromEntries([
    ["id", task.id],
    ...said.map((name) => [name, getKey(content, name) ?? null] as const),
  ]);
}

/** A file's task without a time was left behind, because it had left the time to the database. */
export function fieldsBehind(agreed: Task, file: Task | null, conflicting: readonly string[]): JsonMap {
  const lags =
    file !== null &&
    file.next_run_at === null &&
    agreed.next_run_at !== null &&
    !conflicting.includes("next_run_at");
  return lags ? { next_run_at: null } : {};
}

/** Null when the side had no task; undefined when the stored task is not valid any more. */
function parseConflictSide(stored: JsonMap | null): Task | null | undefined {
  if (stored === null) return null;
  const parsed = parseTask(stored);
  return parsed.ok ? parsed.task : undefined;
}

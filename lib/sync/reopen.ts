import { equalJson, type JsonMap } from "../json.ts";
import { changesFor } from "./diff.ts";
import { getKey, unionKeys } from "./path.ts";
import { reconcile } from "./reconcile.ts";
import { standsInFile, withoutFieldsLeftBehind } from "./two-sides.ts";
import type { Ancestor, FileChange, LoadedCandidate, PlanItem, ReconcileOptions, SideTask } from "./types.ts";
import { contentMap, contentOf, equalContent } from "../task/content.ts";
import { parseTask } from "../task/schema.ts";
import { FIELD_DEFAULTS, FIELD_NAMES, fieldsWhere, isRuntimeField } from "../task/fields.ts";
import type { Task, TaskKey } from "../task/task.ts";

/** A conflict as it was when a run resolved it; null: the task was not there. */
export interface ResolvedConflict {
  task_id: TaskKey;
  fields: string[];
  ancestor: JsonMap | null;
  file: JsonMap | null;
  database: JsonMap | null;
}

/** Both sides as they were before a conflict was resolved, and what they had in common. */
export interface Reopened {
  file: Task | null;
  database: Task | null;
  ancestor: Ancestor | undefined;
}

/**
 * Undoing a resolution that left a task as `left` brings the conflict back: no single earlier state holds both sides' edits, so
 * going back to one would lose some. Undefined where that cannot be (a side was edited since, or
 * the sides would not be in conflict by today's settings): then the run is undone like any other.
 */
export function reopened(
  settled: ResolvedConflict,
  left: JsonMap | null,
  candidate: LoadedCandidate,
  options: ReconcileOptions,
): Reopened | undefined {
  // By stamps alone, a side that is put back is the newer one, and no conflict.
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

/** The task as reconcile is to see it, for the conflict to be found and stored again. */
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

/** What puts both sides back. */
export function reopeningItem(candidate: LoadedCandidate, { file, database, ancestor }: Reopened): PlanItem {
  const row = candidate.row?.content ?? null;
  const fileChange = changeOf(candidate.file, file);
  const item: PlanItem = {
    key: candidate.key,
    action: candidate.row || candidate.file ? "update" : "create",
    merged: false,
    before: row,
    after: (database && contentOf(database)) ?? (file && contentOf(file)),
    ancestor: ancestor ?? null,
  };
  if (fileChange !== undefined) item.file = fileChange;
  const sameRow = row && database ? equalContent(row, contentOf(database)) : row === database;
  if (!sameRow) item.database = database;
  return item;
}

/** Nobody has edited either side since, though whoever executes the task may have reported on it. */
function asTheRunLeftIt({ row, ancestor, file }: LoadedCandidate, left: JsonMap | null): boolean {
  if (file === "held") return false;
  if (!ancestor || !left) return !ancestor && !left && row === undefined && file === undefined;
  const agreed = contentMap(ancestor.content);
  if (!equalJson(withoutRuntime(agreed), withoutRuntime(left))) return false;
  if (!row?.content || !equalJson(contentMap(row.content), agreed)) return false;
  return file !== undefined && equalJson(withoutFieldsLeftBehind(contentMap(file.task), ancestor), agreed);
}

/** What was reported since is not the resolution's doing, so it is not undone with it. */
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

function changeOf(now: SideTask | "held" | undefined, wanted: Task | null): FileChange | null | undefined {
  if (now === "held" || (now === undefined && wanted === null)) return undefined;
  if (wanted === null) return null;
  if (now === undefined) return { create: textOf(wanted), stamp: wanted.updated_at };
  const [from, to] = [contentMap(now.task), contentMap(wanted)];
  const differing = unionKeys(from, to).filter((field) => !equalJson(getKey(from, field), getKey(to, field)));
  if (differing.length === 0) return undefined;
  const edits = changesFor(from, to, differing, (field) => standsInFile(now, field));
  return { edits, stamp: wanted.updated_at };
}

/** The task as it is to stand in the file: without what goes without saying. */
function textOf(task: Task): JsonMap {
  const content = contentMap(task);
  const names = [...new Set<string>([...FIELD_NAMES, ...Object.keys(content)])];
  const said = names.filter((name) => !equalJson(getKey(content, name), getKey(FIELD_DEFAULTS, name)));
  return Object.fromEntries([
    ["id", task.id],
    ...said.map((name) => [name, getKey(content, name) ?? null] as const),
  ]);
}

/** The file that named no time did not take one out: it had left that to the database. */
function fieldsBehind(agreed: Task, file: Task | null, conflicting: readonly string[]): JsonMap {
  const lags =
    file !== null &&
    file.next_run_at === null &&
    agreed.next_run_at !== null &&
    !conflicting.includes("next_run_at");
  return lags ? { next_run_at: null } : {};
}

/** Null where the side had no task; undefined where what is stored does not read back. */
function parseConflictSide(stored: JsonMap | null): Task | null | undefined {
  if (stored === null) return null;
  const parsed = parseTask(stored);
  return parsed.ok ? parsed.task : undefined;
}

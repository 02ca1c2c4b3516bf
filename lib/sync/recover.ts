import { contentOf, equalContent } from "../task/content.ts";
import type { Task, TaskContent, TaskKey } from "../task/task.ts";
import type { Ancestor, Answer, FoundConflict, PlanItem } from "./types.ts";

/** A conflict with the choice that ends it: of a person, of who forced a run, or of the source's policy. */
export interface DecidedConflict {
  by: string;
  choice: Answer;
  conflict: FoundConflict;
}

/** One task of a planned write of the file, with everything that its completion needs after a crash. */
export interface IntentItem {
  key: TaskKey;
  /** The row that the run saw. */
  databaseBefore: TaskContent | null;
  /** The row that the run intended to leave; left out when the run did not intend to change the row. */
  databaseAfter?: Task | null;
  ancestor: Ancestor | null;
  /** What the file says about the task after the write; null when the write deletes the task. */
  fingerprint: string | null;
  /** What the file said before the write; null when it did not have the task. An earlier release has not stored it. */
  fingerprintBefore?: string | null;
  /** Who asked for this change; left out when it came from an edit of the file. */
  actor?: string;
  /** Whether edits of both sides were merged. */
  merged?: boolean;
  /** The id that the task had before. */
  renamedFrom?: TaskKey;
  /** What the run would have told of the change; an earlier release has not stored it. */
  told?: Pick<PlanItem, "action" | "before">;
  /** The conflict of this task that the run ends, so that history tells what was overruled. */
  decided?: DecidedConflict;
}

/** How the write of the file is completed when its run died before the commit. */
export interface Completion {
  /** The row to write. Null deletes the row, and undefined leaves it unchanged. */
  row: Task | null | undefined;
  /** What both sides agree on from then on; null when there is no task any more. */
  ancestor: Ancestor | null;
}

/**
 * Whether the file says of the task neither what stood there before the write nor what was written: it was edited after
 * the run had decided.
 */
export function isEditedSince({ fingerprint, fingerprintBefore }: IntentItem, now: string | null): boolean {
  return fingerprintBefore !== undefined && now !== fingerprintBefore && now !== fingerprint;
}

/**
 * The ancestor of a task that was edited in the file after a killed run had written it. What that run brought there from the
 * database is still no edit of the file, and a text from before it does not know it.
 */
export function rememberingCarried(before: Ancestor, { ancestor }: IntentItem): Ancestor {
  return { ...before, carried: { ...before.carried, ...ancestor?.carried } };
}

/**
 * The items of which the file says what the run has written. Of a rename one half may say so by itself, as the file never
 * had the old id while the question was open; so a half counts only with the other.
 */
export function writtenItems(
  items: readonly IntentItem[],
  saysSo: (item: IntentItem) => boolean,
): IntentItem[] {
  const written = new Set(items.filter(saysSo).map(({ key }) => key));
  const halves = items.flatMap(({ key, renamedFrom }) =>
    renamedFrom === undefined ? [] : [[key, renamedFrom]],
  );
  for (const half of halves)
    if (!half.every((key) => written.has(key))) for (const key of half) written.delete(key);
  return items.filter(({ key }) => written.has(key));
}

/**
 * Completes the interrupted run when the row is still what that run saw. A row that was edited since is left alone.
 * Its author saw the row and not the file, so the row that the run saw becomes the ancestor. The next reconcile
 * then finds the edits of both sides, and a conflict when they changed the same field.
 */
export function completionAfterCrash(item: IntentItem, row: Task | null): Completion {
  const { databaseBefore, databaseAfter, ancestor } = item;
  // The run did not intend to change the row, so any difference from the new ancestor is a later edit.
  if (databaseAfter === undefined) return { row: undefined, ancestor };
  const unchanged =
    databaseBefore === null ? row === null : row !== null && equalContent(contentOf(row), databaseBefore);
  if (unchanged) return { row: databaseAfter, ancestor };
  if (databaseBefore === null) return { row: undefined, ancestor: null };
  const { fieldsLeftBehind = {}, carried = {} } = ancestor ?? {};
  return { row: undefined, ancestor: { content: databaseBefore, fieldsLeftBehind, carried } };
}

import { contentOf, equalContent } from "../task/content.ts";
import type { Task, TaskContent, TaskKey } from "../task/task.ts";
import type { Ancestor } from "./types.ts";

/** One task of a file write that is about to happen, with all that its completion needs after a crash. */
export interface IntentItem {
  key: TaskKey;
  /** The row as the run saw it. */
  databaseBefore: TaskContent | null;
  /** The row as the run meant to leave it, where it meant to change it. */
  databaseAfter?: Task | null;
  ancestor: Ancestor | null;
  /** What the file says of the task once it is written; null when it is gone from it. */
  fingerprint: string | null;
  /** Who asked for this change; left out where it came from an edit of the file. */
  actor?: string;
}

/** How a file write is completed whose run died before its commit. */
export interface Completion {
  /** The row as it is to be; null: no row, undefined: it stays as it is. */
  row: Task | null | undefined;
  /** What both sides agree on from then on; null: nothing. */
  ancestor: Ancestor | null;
}

/**
 * Completes the run's other half, where the row is as that run saw it. A row that was edited since is left
 * alone: its author saw the row and not the file, so the row as the run saw it is what both sides have in
 * common. The ordinary reconcile then finds the edits of both, and a conflict where they meet.
 */
export function completionAfterCrash(item: IntentItem, row: Task | null): Completion {
  const { databaseBefore, databaseAfter, ancestor } = item;
  // The run did not mean to touch the row: any difference from the new ancestor is an edit since.
  if (databaseAfter === undefined) return { row: undefined, ancestor };
  const unchanged =
    databaseBefore === null ? row === null : row !== null && equalContent(contentOf(row), databaseBefore);
  if (unchanged) return { row: databaseAfter, ancestor };
  if (databaseBefore === null) return { row: undefined, ancestor: null };
  return {
    row: undefined,
    ancestor: { content: databaseBefore, fieldsLeftBehind: ancestor?.fieldsLeftBehind ?? {} },
  };
}

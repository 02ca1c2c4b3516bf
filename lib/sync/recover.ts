import type { JsonMap } from "../json.ts";
import { contentMap, contentOf, equalContent } from "../task/content.ts";
import { parseTask } from "../task/schema.ts";
import type { Task, TaskContent, TaskKey } from "../task/task.ts";
import { mergeMaps } from "./merge.ts";
import { withPath } from "./path.ts";
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

/**
 * The row that completes a file write whose run died before its commit; null: no row. Edits of the row
 * since then are kept, and win where they meet the run's change.
 */
export function rowAfterCrash(item: IntentItem, row: Task | null): Task | null | "as it is" {
  // The run did not mean to touch the row: any difference from the new ancestor is an edit since.
  if (item.databaseAfter === undefined) return "as it is";
  const unchanged =
    item.databaseBefore === null
      ? row === null
      : row !== null && equalContent(contentOf(row), item.databaseBefore);
  if (unchanged) return item.databaseAfter;
  // The row was edited since, and one of the two deleted it: what stands now is the edit.
  if (row === null || item.databaseAfter === null || item.databaseBefore === null) return "as it is";
  return joined(item.databaseBefore, item.databaseAfter, row);
}

function joined(before: TaskContent, after: Task, row: Task): Task {
  const merged = mergeMaps(contentMap(before), contentMap(contentOf(after)), contentMap(contentOf(row)));
  let plain: JsonMap = merged.value;
  for (const { path, database } of merged.conflicts) plain = withPath(plain, path, database) ?? plain;
  const parsed = parseTask({ ...plain, id: row.id, updated_at: row.updated_at });
  return parsed.ok ? parsed.task : row;
}

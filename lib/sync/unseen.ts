import type { JsonMap } from "../json.ts";
import { FIELD_DEFAULTS, isRuntimeField } from "../task/fields.ts";
import type { TaskContent, TaskKey } from "../task/task.ts";
import { carriedSince } from "./carried.ts";
import { diffMaps } from "./diff.ts";
import { isWithin } from "./path.ts";
import type { LoadedCandidate, Ownership, Unseen } from "./types.ts";

/** A task that the database has deleted, and the deletion was carried into the file. */
export interface CarriedDeletion {
  /** The position of the revision that no longer had the task. */
  position: number;
  /** What the task said. */
  content: TaskContent;
}

/** How far back the file's text of each candidate is. */
export interface FileAge {
  /** The position of the revision of which the text is; null when the text is as new as the ancestor. */
  positionOf(key: TaskKey): number | null;
  deletions: ReadonlyMap<TaskKey, CarriedDeletion>;
}

/**
 * The candidate with the edits of the database that the file's text does not know, where that text is of an earlier
 * revision. A deletion that it does not know gives the task its last state back as the ancestor.
 */
export function withUnseen(candidate: LoadedCandidate, { positionOf, deletions }: FileAge): LoadedCandidate {
  const { key, ancestor, file, row } = candidate;
  const position = positionOf(key);
  if (position === null) return candidate;
  const deletion = deletions.get(key);
  if (!ancestor && file && !row && deletion && deletion.position > position)
    return { ...candidate, ancestor: { content: deletion.content, fieldsLeftBehind: {} }, unseen: [[]] };
  const unseen = carriedSince(ancestor?.carried, position);
  return unseen.length > 0 ? { ...candidate, unseen } : candidate;
}

/** Whether a change at this path takes back one of the edits, or a part of one. */
export function takesBack(unseen: Unseen, path: readonly string[]): boolean {
  return unseen.some((edit) => isWithin(edit, path) || isWithin(path, edit));
}

/**
 * The fields in which the side that deleted the task takes back an edit that it does not know. They are all fields of
 * the task when the other side has created it, or has deleted it itself.
 */
export function fieldsTakenBack(
  unseen: Unseen,
  gone: "file" | "database",
  left: JsonMap,
  ownership: Ownership,
): string[][] {
  if (unseen.some((edit) => edit.length === 0))
    return diffMaps({ ...FIELD_DEFAULTS }, left).map(({ path }) => path);
  // Only the file is out of date, so a deletion in the database knows of all edits.
  if (gone === "database") return [];
  // A task that merely went on ticking was not edited, nor was what the file has the last word on.
  return unseen
    .filter(([field = ""]) => !isRuntimeField(field) && ownership[field] !== gone)
    .map((path) => [...path]);
}

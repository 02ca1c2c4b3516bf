import { equalJson, isMap, type JsonMap } from "../json.ts";
import { contentMap } from "../task/content.ts";
import { getKey, withKey } from "./path.ts";
import type { Ancestor, Ownership, SideTask, Unseen } from "./types.ts";

/** A task that both sides have, in the forms that the decision needs. */
export interface TwoSides {
  key: string;
  ancestor: Ancestor | undefined;
  /** The content that both sides agreed on; null without an ancestor. */
  base: JsonMap | null;
  file: SideTask;
  database: SideTask;
  /** The content that the file's text has. */
  fileText: JsonMap;
  /** What the file says: its content, with the agreed values in the fields that were left behind and still are. */
  fileSays: JsonMap;
  databaseSays: JsonMap;
  /** The edits of the database that the file does not know. */
  unseen: Unseen;
}

export function twoSides(
  key: string,
  ancestor: Ancestor | undefined,
  file: SideTask,
  database: SideTask,
  unseen: Unseen = [],
): TwoSides {
  const fileText = contentMap(file.task);
  return {
    key,
    ancestor,
    base: ancestor ? contentMap(ancestor.content) : null,
    file,
    database,
    fileText,
    fileSays: ancestor ? withoutFieldsLeftBehind(fileText, ancestor) : fileText,
    databaseSays: contentMap(database.task),
    unseen,
  };
}

/** What the file says: a field that was left behind, and whose text has not changed, has the agreed value. */
export function withoutFieldsLeftBehind(fileText: JsonMap, ancestor: Ancestor): JsonMap {
  const agreed = contentMap(ancestor.content);
  let says = fileText;
  for (const [field, lagging] of Object.entries(ancestor.fieldsLeftBehind)) {
    if (equalJson(getKey(fileText, field) ?? null, lagging))
      says = withKey(says, field, getKey(agreed, field));
  }
  return says;
}

/**
 * Whether the file has the top-level key. When the keys are not known, a value other than the default counts
 * as one.
 */
export function standsInFile(file: SideTask, field: string): boolean {
  if (file.present) return file.present.has(field);
  const value = getKey(contentMap(file.task), field);
  return value !== undefined && value !== null && !(isMap(value) && Object.keys(value).length === 0);
}

/**
 * Both sides as they take part in a merge: both have the owner's value in an owned field, or the only value
 * there is.
 */
export interface EffectiveSides {
  file: JsonMap;
  database: JsonMap;
}

export function effectiveSides(
  { base, fileSays, databaseSays }: TwoSides,
  ownership: Ownership,
): EffectiveSides {
  let [file, database] = [fileSays, databaseSays];
  for (const [field, owner] of Object.entries(ownership)) {
    const [theirs, own] = owner === "database" ? [fileSays, databaseSays] : [databaseSays, fileSays];
    const value = getKey(own, field);
    if (equalJson(value, getKey(theirs, field))) continue;
    // An owner without a next run asks for it to be computed, which contradicts no value of the other side.
    if (field === "next_run_at" && value === null) continue;
    if (owner === "database") file = withKey(file, field, value);
    else database = withKey(database, field, value);
  }
  const [f, d, b] = [file["next_run_at"] ?? null, database["next_run_at"] ?? null, base?.["next_run_at"]];
  if (f !== d && f !== b && d !== b) {
    // Both sides changed the time or never agreed on one. A side without a time leaves it to the other side.
    if (f === null) file = withKey(file, "next_run_at", d);
    if (d === null) database = withKey(database, "next_run_at", f);
  }
  return { file, database };
}

import { equalJson, isMap, type JsonMap } from "../json.ts";
import { contentMap } from "../task/content.ts";
import { getKey, withKey } from "./path.ts";
import type { Ancestor, Ownership, SideTask } from "./types.ts";

/** A task that stands on both sides, in the forms the decision needs. */
export interface TwoSides {
  key: string;
  ancestor: Ancestor | undefined;
  /** What both sides agreed on; null when they never did. */
  base: JsonMap | null;
  file: SideTask;
  database: SideTask;
  /** The file's content as it stands. */
  fileText: JsonMap;
  /** What the file says: where it was left behind on purpose and still is, the agreed value. */
  fileSays: JsonMap;
  databaseSays: JsonMap;
}

export function twoSides(
  key: string,
  ancestor: Ancestor | undefined,
  file: SideTask,
  database: SideTask,
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
  };
}

/** What the file says, its lag taken away: a lagging field that was not touched says the agreed value. */
export function withoutFieldsLeftBehind(fileText: JsonMap, ancestor: Ancestor): JsonMap {
  const agreed = contentMap(ancestor.content);
  let says = fileText;
  for (const [field, lagging] of Object.entries(ancestor.fieldsLeftBehind)) {
    if (equalJson(getKey(fileText, field) ?? null, lagging))
      says = withKey(says, field, getKey(agreed, field));
  }
  return says;
}

/** Whether the top-level key stands in the file (without knowledge of it: where it says more than a default). */
export function standsInFile(file: SideTask, field: string): boolean {
  if (file.present) return file.present.has(field);
  const value = getKey(contentMap(file.task), field);
  return value !== undefined && value !== null && !(isMap(value) && Object.keys(value).length === 0);
}

/** The two sides as they take part in a merge: where one owns a field, or has nothing to say, the other's word is both's. */
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
    // An owner without a time to run at says "compute it", which contradicts nobody.
    if (field === "next_run_at" && value === null) continue;
    if (owner === "database") file = withKey(file, field, value);
    else database = withKey(database, field, value);
  }
  const [f, d, b] = [file["next_run_at"] ?? null, database["next_run_at"] ?? null, base?.["next_run_at"]];
  if (f !== d && f !== b && d !== b) {
    // Both changed it (or never agreed). A side that names no time leaves it to the one that does.
    if (f === null) file = withKey(file, "next_run_at", d);
    if (d === null) database = withKey(database, "next_run_at", f);
  }
  return { file, database };
}

import { equalJson, isMap, type Json, type JsonMap, setKey } from "../json.ts";
import { getKey, unionKeys } from "./path.ts";

/** One place that both sides changed differently. An undefined value is absent. */
export interface MergeConflict {
  path: string[];
  base: Json | undefined;
  file: Json | undefined;
  database: Json | undefined;
}

export interface Merged {
  /** The edits of both sides together. A place in conflict keeps the ancestor's value. */
  value: JsonMap;
  conflicts: MergeConflict[];
  /** The paths that each side changed, including conflicts. */
  fileChanged: string[][];
  databaseChanged: string[][];
}

/** Merges two maps three-way, key by key at any depth. A list is one value. Null is not absent. */
export function mergeMaps(base: JsonMap, file: JsonMap, database: JsonMap): Merged {
  const merged: Merged = { value: {}, conflicts: [], fileChanged: [], databaseChanged: [] };
  merged.value = mergeKeys(base, file, database, [], merged);
  return merged;
}

function mergeKeys(base: JsonMap, file: JsonMap, database: JsonMap, path: string[], into: Merged): JsonMap {
  const result: JsonMap = {};
  for (const key of unionKeys(file, database, base)) {
    const value = mergeValue(
      getKey(base, key),
      getKey(file, key),
      getKey(database, key),
      [...path, key],
      into,
    );
    if (value !== undefined) setKey(result, key, value);
  }
  return result;
}

function mergeValue(
  base: Json | undefined,
  file: Json | undefined,
  database: Json | undefined,
  path: string[],
  into: Merged,
): Json | undefined {
  if (equalJson(file, database)) {
    // The sides agree, because nothing changed or both made the same change.
    if (!equalJson(file, base)) {
      into.fileChanged.push(path);
      into.databaseChanged.push(path);
    }
    return file;
  }
  if (isMap(file) && isMap(database) && (base === undefined || isMap(base))) {
    // Both sides still have a map here, so an edit inside it can conflict only with an edit of the same key.
    return mergeKeys(base ?? {}, file, database, path, into);
  }
  if (equalJson(file, base)) {
    // Only the database changed the value.
    into.databaseChanged.push(path);
    return database;
  }
  into.fileChanged.push(path);
  // Only the file changed the value.
  if (equalJson(database, base)) return file;
  // Both sides changed the value differently.
  into.databaseChanged.push(path);
  into.conflicts.push({ path, base, file, database });
  return base;
}

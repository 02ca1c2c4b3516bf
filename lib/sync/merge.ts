import { equalJson, isMap, type Json, type JsonMap, setKey } from "../json.ts";
import { getKey, unionKeys } from "./path.ts";

/** One place that both sides changed, each in its own way. Undefined: absent there. */
export interface MergeConflict {
  path: string[];
  base: Json | undefined;
  file: Json | undefined;
  database: Json | undefined;
}

export interface Merged {
  /** Both sides' edits joined; at a conflict it still says what the ancestor said. */
  value: JsonMap;
  conflicts: MergeConflict[];
  /** The paths each side changed, conflicts included. */
  fileChanged: string[][];
  databaseChanged: string[][];
}

/** Three-way merge of two maps, per key at any depth; lists are whole values. Absent is not null. */
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
    // The sides agree: nothing changed, or both made the same change.
    if (!equalJson(file, base)) {
      into.fileChanged.push(path);
      into.databaseChanged.push(path);
    }
    return file;
  }
  if (isMap(file) && isMap(database) && (base === undefined || isMap(base))) {
    // Both still hold a map here, so an edit inside it stands against its own key only.
    return mergeKeys(base ?? {}, file, database, path, into);
  }
  if (equalJson(file, base)) {
    // Only the database changed it.
    into.databaseChanged.push(path);
    return database;
  }
  into.fileChanged.push(path);
  // Only the file changed it.
  if (equalJson(database, base)) return file;
  // Both changed it, differently.
  into.databaseChanged.push(path);
  into.conflicts.push({ path, base, file, database });
  return base;
}

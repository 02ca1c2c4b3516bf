import { equalJson, isMap, type Json, type JsonMap } from "../json.ts";
import { contentMap } from "../task/content.ts";
import { fieldRank } from "../task/fields.ts";
import type { TaskContent } from "../task/task.ts";
import { getKey, unionKeys } from "./path.ts";
import type { FileChange } from "./types.ts";

/** One place where two contents differ. An undefined value is absent. */
export interface Difference {
  path: string[];
  before: Json | undefined;
  after: Json | undefined;
}

/** Every place that differs, down to where a side has no map, in the order of fields. Null stands for an absent task. */
export function diffContent(before: TaskContent | null, after: TaskContent | null): Difference[] {
  return inFieldOrder(diffMaps(before ? contentMap(before) : {}, after ? contentMap(after) : {}));
}

/** In the order in which a task names its fields everywhere: its id, the fields, and last its own keys. */
export function inFieldOrder(differences: readonly Difference[]): Difference[] {
  const rank = ({ path: [field = ""] }: Difference) => (field === "id" ? -1 : fieldRank(field));
  return [...differences].sort((a, b) => rank(a) - rank(b));
}

export function diffMaps(before: JsonMap, after: JsonMap, path: string[] = []): Difference[] {
  return unionKeys(before, after).flatMap((key) => {
    const [was, is] = [getKey(before, key), getKey(after, key)];
    if (equalJson(was, is)) return [];
    const here = [...path, key];
    return isMap(was) && isMap(is) ? diffMaps(was, is, here) : [{ path: here, before: was, after: is }];
  });
}

export interface Edit {
  path: string[];
  /** Undefined removes the key. */
  value: Json | undefined;
}

/**
 * The smallest edits that make the top-level `fields` of `now` equal to those of `wanted`. A map is edited key by
 * key only while one of its keys stays. A map that is empty before or after is set as a whole, because a block map
 * without keys reads back as null.
 */
export function changesFor(
  now: JsonMap,
  wanted: JsonMap,
  fields: Iterable<string>,
  stands: (field: string) => boolean,
): Edit[] {
  return [...fields].flatMap((field) => {
    const [was, is] = [getKey(now, field), getKey(wanted, field)];
    return stands(field) ? editsAt([field], was, is) : [{ path: [field], value: is }];
  });
}

function editsAt(path: string[], was: Json | undefined, is: Json | undefined): Edit[] {
  if (equalJson(was, is)) return [];
  if (!isMap(was) || !isMap(is) || !Object.keys(was).some((key) => Object.hasOwn(is, key))) {
    return [{ path, value: is }];
  }
  return unionKeys(was, is).flatMap((key) => editsAt([...path, key], getKey(was, key), getKey(is, key)));
}

/** The file's task as it stands, with nothing to change in it. */
export const NO_EDITS: FileChange = { edits: [], stamp: null };

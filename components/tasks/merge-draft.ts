import { equalJson, type Json, type JsonMap, setKey } from "../../lib/json.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";

/** A task's content as PUT takes it: the task without `source` and `updated_at`. */
export function draftOf(task: TaskJson): JsonMap {
  const { source: _source, updated_at: _stamp, ...content } = task;
  return content;
}

/** Names of the fields in which two contents differ; `params` counts as one field. */
export function differingFields(a: JsonMap, b: JsonMap): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !equalJson(a[name], b[name]));
}

export interface Rebased {
  /** This person's edits, on top of the others'. */
  mine: JsonMap;
  /** Fields that only the others changed; `mine` has their value now. */
  taken: string[];
  /** Fields that both changed, differently; `mine` keeps this person's value until they choose. */
  clashing: string[];
}

/**
 * Moves a person's edits onto a newer task, field by field in three ways, so that no edit of either is
 * lost.
 */
export function rebase(base: JsonMap, mine: JsonMap, theirs: JsonMap): Rebased {
  const changedByThem = differingFields(base, theirs);
  const result: JsonMap = { ...mine };
  const taken: string[] = [];
  const clashing: string[] = [];
  for (const name of changedByThem) {
    if (equalJson(mine[name], theirs[name])) continue;
    if (equalJson(base[name], mine[name])) {
      setOrDelete(result, name, theirs[name]);
      taken.push(name);
    } else clashing.push(name);
  }
  return { mine: result, taken, clashing };
}

export function setOrDelete(map: JsonMap, name: string, value: Json | undefined): void {
  if (value === undefined) delete map[name];
  else setKey(map, name, value);
}

import { equalJson, type Json, type JsonMap, setKey } from "../../lib/json.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";

/** A task's content as PUT takes it: what the task says, without `source` and its own stamp. */
export function contentOf(task: TaskJson): JsonMap {
  const { source: _source, updated_at: _stamp, ...content } = task;
  return content;
}

/** Names of the fields in which two contents differ, `params` as one. */
export function differingFields(a: JsonMap, b: JsonMap): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !equalJson(a[name], b[name]));
}

export interface Rebased {
  /** What I have written, on top of what they have. */
  mine: JsonMap;
  /** Fields of theirs that I had not touched, and now have. */
  taken: string[];
  /** Fields that both of us changed, differently: mine stays in `mine` until I choose. */
  clashing: string[];
}

/** Somebody else changed the task while I was editing it: three-way per field, nothing of either lost. */
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

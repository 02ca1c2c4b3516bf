import { equalJson, isMap, type Json, type JsonMap, setKey } from "../json.ts";
import { contentFromMap, contentMap } from "../task/content.ts";
import type { Task, TaskContent } from "../task/task.ts";
import { getKey, unionKeys, withKey } from "./path.ts";
import type { Ownership } from "./types.ts";

interface Kept {
  /** The state that the undo gives back. */
  task: Task;
  /** What the run left, in what it changed; in all else what the task says now. Edits since are compared with it. */
  left: TaskContent;
  /** Owned fields that the run changed, and that their owner has changed since. */
  moved: string[];
}

/**
 * The state that an undo gives back: the task as it is now, with what the run changed as it was before. An owned field
 * that the run changed keeps its present value where its owner has changed it since. An owned field is never in
 * conflict, so no conflict would show a lost edit.
 */
export function keepingSince(
  { before, after, now }: { before: Task; after: Task; now: TaskContent },
  ownership: Ownership,
): Kept {
  const [was, left, says] = [contentMap(before), contentMap(after), contentMap(now)];
  let wanted = asRunHas(was, { was, left, now: says });
  const moved: string[] = [];
  for (const field of Object.keys(ownership)) {
    const [old, done, present] = [getKey(was, field), getKey(left, field), getKey(says, field)];
    if (equalJson(old, done) || equalJson(done, present)) continue;
    wanted = withKey(wanted, field, present);
    moved.push(field);
  }
  return {
    task: { ...contentFromMap(wanted), id: before.id, updated_at: before.updated_at },
    left: contentFromMap(asRunHas(left, { was, left, now: says })),
    moved,
  };
}

/** The map as it is now, with what the run changed as the side `of` says it. */
function asRunHas(of: JsonMap, { was, left, now }: { was: JsonMap; left: JsonMap; now: JsonMap }): JsonMap {
  const result: JsonMap = {};
  for (const key of unionKeys(now, of)) {
    const sides = { was: getKey(was, key), left: getKey(left, key), now: getKey(now, key) };
    const value = valueOf(getKey(of, key), sides);
    if (value !== undefined) setKey(result, key, value);
  }
  return result;
}

type Value = Json | undefined;

function valueOf(of: Value, { was, left, now }: { was: Value; left: Value; now: Value }): Value {
  if (equalJson(was, left)) return now;
  if (isMap(of) && isMap(was) && isMap(left) && isMap(now)) return asRunHas(of, { was, left, now });
  return of;
}

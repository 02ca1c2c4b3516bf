import { isMap, type Json, type JsonMap, setKey } from "../../../lib/json.ts";
import {
  type HttpTasksConfig,
  mappedPaths,
  type WriteConfig,
} from "../../../lib/source/http-tasks/config.ts";
import { type Expression, fieldIn, inTheirWords } from "../../../lib/source/http-tasks/expression.ts";
import { isWithin, sentBy } from "../../../lib/source/http-tasks/owners.ts";
import { fillBody, isTheirs } from "../../../lib/source/http-tasks/template.ts";
import { fieldOf } from "../../json-path.ts";
import { changedPaths, type TaskChange, valueAt } from "./change.ts";

/** A value of ours for which the table of words has none of theirs. */
export class NoWord extends Error {
  override readonly name = "NoWord";
}

/**
 * What a request has in its body; undefined: nothing.
 * @param item the task as the other system has it now; null: it does not have it yet.
 * @throws {NoWord}
 */
export function bodyOfChange(
  change: TaskChange,
  write: WriteConfig,
  config: HttpTasksConfig,
  item: JsonMap | null,
): Json | undefined {
  const words = (path: string[], from: Expression) => inWords(change, path, from, item);
  if (write.body !== undefined) {
    return fillBody(write.body as Json, (name) => valueOfName(name, change, config, item));
  }
  if (change.after === null) return undefined;
  const changed = changedPaths(change);
  const whole = change.kind === "create" || write.method === "PUT";
  const body: JsonMap = whole && item ? structuredClone(item) : {};
  if (change.kind === "create") setAt(body, config.map.id, change.after["id"] ?? change.key, null);
  for (const { path, from } of sentBy(write, config)) {
    const field = fieldIn(from);
    const differs = changed.some((each) => isWithin(each, path) || isWithin(path, each));
    if (field === null || !(whole || differs)) continue;
    const value = words(path, from);
    if (value !== null || change.kind !== "create") setAt(body, field, value, item);
  }
  return body;
}

function inWords(
  { after, before, key }: TaskChange,
  path: string[],
  from: Expression,
  item: JsonMap | null,
): Json {
  const field = fieldIn(from);
  const ours = valueAt(after ?? before ?? {}, path);
  const theirs = inTheirWords(from, ours, item && field !== null ? fieldOf(item, field) : undefined);
  if (theirs === undefined)
    throw new NoWord(`map.${path.join(".")}.values has no word for ${JSON.stringify(ours)} (task ${key})`);
  return theirs;
}

function valueOfName(
  name: string[],
  change: TaskChange,
  config: HttpTasksConfig,
  item: JsonMap | null,
): Json {
  if (isTheirs(name)) return (item && fieldOf(item, name.slice(1).join("."))) ?? null;
  const task = change.after ?? change.before ?? {};
  if (name.length === 1 && name[0] === "id") return task["id"] ?? change.key;
  const mapped = mappedPaths(config.map).find(({ path }) => path.join(".") === name.join("."));
  return mapped ? inWords(change, name, mapped.from, item) : valueAt(task, name);
}

/**
 * Sets a field by its name with dots. What stands beside it in the same map comes along, because an API may put the map in
 * the other's place as a whole.
 */
function setAt(body: JsonMap, field: string, value: Json, item: JsonMap | null): void {
  const names = field.split(".");
  const last = names.pop() ?? field;
  let at = body;
  let there: Json | undefined = item ?? undefined;
  for (const name of names) {
    there = isMap(there) && Object.hasOwn(there, name) ? there[name] : undefined;
    const known = Object.hasOwn(at, name) ? at[name] : undefined;
    const next: JsonMap = isMap(known) ? known : isMap(there) ? structuredClone(there) : {};
    setKey(at, name, next);
    at = next;
  }
  setKey(at, last, value);
}

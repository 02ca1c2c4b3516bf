import { type Json, type JsonMap, setKey } from "../../../lib/json.ts";
import { type HttpTasksConfig, mappedPaths } from "../../../lib/source/http-tasks/config.ts";
import { type Expression, inOurWords } from "../../../lib/source/http-tasks/expression.ts";
import { FIELD_NAMES } from "../../../lib/task/fields.ts";
import { fieldOf } from "../../json-path.ts";

/** What an item of theirs says in our fields, as it would stand in a file. A value that is not there is left out. */
export function taskOfItem(item: Json, { map }: Pick<HttpTasksConfig, "map">): JsonMap {
  const task: JsonMap = {};
  const set = (to: JsonMap, key: string, value: Json | undefined) => {
    if (value !== undefined && value !== null) setKey(to, key, value);
  };
  set(task, "id", fieldOf(item, map.id));
  for (const { path, from } of mappedPaths(map)) {
    const [top = "", part] = path;
    const value = valueOf(from, item);
    if (part === undefined) set(task, top, value);
    else if (value !== undefined && value !== null) set((task["params"] ??= {}) as JsonMap, part, value);
  }
  if (map.updated_at !== undefined) set(task, "updated_at", fieldOf(item, map.updated_at));
  return inOrder(task);
}

function valueOf(from: Expression, item: Json): Json | undefined {
  if (typeof from === "object" && "value" in from) return from.value;
  return inOurWords(from, fieldOf(item, typeof from === "string" ? from : from.from));
}

/** The task's keys in the order of the table of fields, and no key that says nothing. */
export function inOrder(task: JsonMap): JsonMap {
  const ordered: JsonMap = {};
  const first = ["id", ...FIELD_NAMES, "updated_at"];
  const others = Object.keys(task).filter((key) => !first.includes(key));
  for (const key of [...first, ...others.sort()]) {
    const value = Object.hasOwn(task, key) ? task[key] : undefined;
    if (value !== undefined && value !== null) setKey(ordered, key, value);
  }
  return ordered;
}

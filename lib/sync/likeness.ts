import { canonicalJson, isMap, type Json, type JsonMap } from "../json.ts";
import { contentMap } from "../task/content.ts";
import { FIELD_DEFAULTS, isRuntimeField } from "../task/fields.ts";
import type { TaskContent } from "../task/task.ts";
import { fieldName, getKey } from "./path.ts";

/** What a task says of itself, value by value: without defaults, and without what its executor reports. */
export type Definition = ReadonlyMap<string, string>;

export function definitionOf(content: TaskContent): Definition {
  const found = new Map<string, string>();
  const map = contentMap(content);
  for (const field of Object.keys(map)) {
    const value = map[field];
    if (value === undefined || isRuntimeField(field)) continue;
    if (canonicalJson(value) !== canonicalJson(getKey(FIELD_DEFAULTS as JsonMap, field) ?? null))
      collect(found, [field], value);
  }
  return found;
}

function collect(found: Map<string, string>, path: string[], value: Json): void {
  if (!isMap(value) || Object.keys(value).length === 0) found.set(fieldName(path), canonicalJson(value));
  else for (const key of Object.keys(value)) collect(found, [...path, key], value[key] ?? null);
}

/** How much of what the two say is the same, from 0 to 1. */
export function likeness(a: Definition, b: Definition): number {
  const names = new Set([...a.keys(), ...b.keys()]);
  const same = [...names].filter((name) => a.get(name) === b.get(name));
  return names.size === 0 ? 1 : same.length / names.size;
}

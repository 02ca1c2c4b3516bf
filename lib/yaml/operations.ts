import { equalJson, isMap, type Json, type JsonMap, setKey } from "../json.ts";

export type Path = (string | number)[];

/** One change on the way from a value to the wanted value. Paths may go through lists. */
export type Operation =
  | { kind: "set"; path: Path; value: Json }
  | { kind: "add"; path: Path; entries: JsonMap }
  /**
   * Removes a key, or an item of a list by its number. Of several items of one list, the last is removed
   * first.
   */
  | { kind: "remove"; path: Path }
  | { kind: "append"; path: Path; items: Json[] };

/** The smallest changes from `actual` to `wanted`; the list is empty exactly when the two are equal. */
export function operationsFor(actual: Json, wanted: Json, path: Path = []): Operation[] {
  if (equalJson(actual, wanted)) return [];
  if (Array.isArray(actual) && Array.isArray(wanted) && actual.length > 0 && wanted.length >= actual.length) {
    const within = actual.flatMap((item, i) => operationsFor(item, wanted[i] ?? null, [...path, i]));
    const items = wanted.slice(actual.length);
    return items.length > 0 ? [...within, { kind: "append", path, items }] : within;
  }
  if (Array.isArray(actual) && Array.isArray(wanted) && wanted.length > 0) {
    const dropped = droppedItems(actual, wanted);
    if (dropped) return dropped.reverse().map((number) => ({ kind: "remove", path: [...path, number] }));
  }
  if (!isMap(actual) || !isMap(wanted) || Object.keys(wanted).length === 0)
    return [{ kind: "set", path, value: wanted }];
  const operations: Operation[] = [];
  const entries: JsonMap = {};
  for (const [key, value] of Object.entries(wanted)) {
    if (Object.hasOwn(actual, key))
      operations.push(...operationsFor(own(actual, key), value, [...path, key]));
    else setKey(entries, key, value);
  }
  if (Object.keys(entries).length > 0) operations.push({ kind: "add", path, entries });
  for (const key of Object.keys(actual)) {
    if (!Object.hasOwn(wanted, key)) operations.push({ kind: "remove", path: [...path, key] });
  }
  return operations;
}

/** The items to remove from `actual` to get `wanted`; undefined when removing items is not enough. */
function droppedItems(actual: readonly Json[], wanted: readonly Json[]): number[] | undefined {
  const dropped: number[] = [];
  let next = 0;
  for (const [number, item] of actual.entries()) {
    if (next < wanted.length && equalJson(item, wanted[next])) next += 1;
    else dropped.push(number);
  }
  return next === wanted.length ? dropped : undefined;
}

/**
 * Applies one change to `value`; `undefined` removes the key. A value on the path that is not a map becomes a
 * map.
 */
export function withChange(value: Json, path: readonly string[], change: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change ?? null;
  const before = isMap(value) && Object.hasOwn(value, key) ? own(value, key) : undefined;
  if (before === undefined && change === undefined) return value;
  const after = rest.length === 0 ? change : withChange(before ?? null, rest, change);
  const result: JsonMap = {};
  for (const [name, item] of isMap(value) ? Object.entries(value) : []) {
    const kept = name === key ? after : item;
    if (kept !== undefined) setKey(result, name, kept);
  }
  if (before === undefined && after !== undefined) setKey(result, key, after);
  return result;
}

/** The map's own value of a key, also for keys such as `__proto__`. */
export function own(map: JsonMap, key: string): Json {
  return Object.getOwnPropertyDescriptor(map, key)?.value as Json;
}

export function valueAt(value: Json, path: Path): Json | undefined {
  let current: Json | undefined = value;
  for (const part of path) {
    if (Array.isArray(current)) current = current[Number(part)];
    else if (isMap(current) && Object.hasOwn(current, String(part))) current = own(current, String(part));
    else return undefined;
  }
  return current;
}

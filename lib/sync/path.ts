import { isMap, type Json, type JsonMap, setKey } from "../json.ts";

/** The map's own value under `key`. A key named `constructor` or `__proto__` is data like any other key. */
export function getKey(map: JsonMap, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The value at `path`; undefined when there is none. */
export function getPath(value: Json | undefined, path: readonly string[]): Json | undefined {
  let here = value;
  for (const key of path) {
    if (!isMap(here)) return undefined;
    here = getKey(here, key);
  }
  return here;
}

/** A copy of `map` with `key` set, or removed for undefined. */
export function withKey(map: JsonMap, key: string, value: Json | undefined): JsonMap {
  const copy = { ...map };
  if (value === undefined) delete copy[key];
  else setKey(copy, key, value);
  return copy;
}

/** A copy of `map` with the value at `path` set; undefined removes it. Null when a parent of it is no map. */
export function withPath(map: JsonMap, path: readonly string[], value: Json | undefined): JsonMap | null {
  const [key, ...rest] = path;
  if (key === undefined) return null;
  if (rest.length === 0) return withKey(map, key, value);
  const child = getKey(map, key) ?? {};
  if (!isMap(child)) return null;
  const changed = withPath(child, rest, value);
  return changed && withKey(map, key, changed);
}

/** Whether `path` is `outer` or leads further into it. */
export function isWithin(path: readonly string[], outer: readonly string[]): boolean {
  return outer.every((key, i) => path[i] === key);
}

/** Every key of any of the maps, once. */
export function unionKeys(...maps: readonly JsonMap[]): string[] {
  return [...new Set(maps.flatMap((map) => Object.keys(map)))];
}

/** `["params", "a.b"]` -> `params.a\.b`: the name of a field as people and the API see it. */
export function fieldName(path: readonly string[]): string {
  return path.map((key) => key.replace(/[\\.]/g, "\\$&")).join(".");
}

/** The path that `fieldName` made into a name. A backslash makes the next character part of the key. */
export function fieldPath(name: string): string[] {
  const path: string[] = [];
  let key = "";
  for (let i = 0; i < name.length; i++) {
    const char = name.charAt(i);
    if (char === ".") {
      path.push(key);
      key = "";
    } else {
      key += char === "\\" && i + 1 < name.length ? name.charAt(++i) : char;
    }
  }
  return [...path, key];
}

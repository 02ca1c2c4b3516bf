/** The JSON values that both sides can hold: numbers are finite, and nothing is undefined. */
export type Json = null | boolean | number | string | Json[] | JsonMap;
export interface JsonMap {
  [key: string]: Json;
}

export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Deep equality that ignores the order of keys. `undefined` (absent) equals only `undefined`. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => equalJson(item, b[i]));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key], b[key]))
  );
}

/** JSON text that is the same for all equal values: keys are sorted at every depth, without white space. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) {
    let text = "[";
    // A pull does this for every item. A text that grows costs less than a list of its parts.
    for (const [at, item] of value.entries()) text += (at > 0 ? "," : "") + canonicalJson(item);
    return `${text}]`;
  }
  if (!isMap(value)) return JSON.stringify(value);
  let [text, separator] = ["{", ""];
  for (const key of Object.keys(value).sort()) {
    text += `${separator}${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`;
    separator = ",";
  }
  return `${text}}`;
}

/** Sets `key` as an own property. A plain assignment to `__proto__` would change the prototype instead. */
export function setKey(map: JsonMap, key: string, value: Json): void {
  if (key === "__proto__") {
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    map[key] = value;
  }
}

/** Sets every key of `from` in `map`, also one named `__proto__`. */
export function addKeys(map: JsonMap, from: JsonMap): void {
  for (const key of Object.keys(from)) setKey(map, key, from[key] ?? null);
}

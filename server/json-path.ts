import { query } from "jsonpath-rfc9535";
import parse from "jsonpath-rfc9535/parser";
import { isMap, type Json } from "../lib/json.ts";

/** Why the text is no JSONPath (RFC 9535); null when it is one. */
export function jsonPathProblem(path: string): string | null {
  try {
    parse(path);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Every value that the path leads to. */
export function valuesAt(document: Json, path: string): Json[] {
  const names = simplePath(path);
  if (!names) return query(document, path);
  const value = valueBelow(document, names);
  return value === undefined ? [] : [value];
}

const SIMPLE = /^\$(?:\.[A-Za-z_]\w*)*$/;

/** The names that a path such as `$` or `$.data.rows` goes down by, from the top; null when it does anything else. */
export function simplePath(path: string): string[] | null {
  return SIMPLE.test(path) ? path.split(".").slice(1) : null;
}

/** A field of an item: its name, names with dots for what lies deeper, or a JSONPath; undefined: it is not there. */
export function fieldOf(item: Json, field: string): Json | undefined {
  if (field.startsWith("$")) return valuesAt(item, field)[0];
  return valueBelow(item, field.split("."));
}

function valueBelow(value: Json, names: readonly string[]): Json | undefined {
  let at: Json | undefined = value;
  for (const name of names) {
    if (!isMap(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

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
  return path === "$" ? [document] : query(document, path);
}

/** A field of an item: its name, names with dots for what lies deeper, or a JSONPath; undefined: it is not there. */
export function fieldOf(item: Json, field: string): Json | undefined {
  if (field.startsWith("$")) return valuesAt(item, field)[0];
  let at: Json | undefined = item;
  for (const name of field.split(".")) {
    if (!isMap(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

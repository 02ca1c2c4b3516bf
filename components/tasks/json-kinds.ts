import { isMap, type Json, type JsonMap, setKey } from "../../lib/json.ts";

export type Kind = "text" | "number" | "yes/no" | "nothing" | "map" | "list";

export const KINDS: readonly { value: Kind; label: string }[] = (
  ["text", "number", "yes/no", "map", "list", "nothing"] as const
).map((value) => ({ value, label: value }));

export function kindOf(value: Json): Kind {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "list";
  if (isMap(value)) return "map";
  return typeof value === "number" ? "number" : typeof value === "boolean" ? "yes/no" : "text";
}

/** Converts a value to another kind and keeps as much of it as possible. */
export function convert(value: Json, kind: Kind): Json {
  if (kindOf(value) === kind) return value;
  switch (kind) {
    case "text":
      return value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
    case "number":
      return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
        ? Number(value)
        : 0;
    case "yes/no":
      return value === "true" || value === "yes" || value === 1;
    case "nothing":
      return null;
    case "map":
      return Array.isArray(value) ? Object.fromEntries(value.map((entry, i) => [`key${i + 1}`, entry])) : {};
    case "list":
      return isMap(value) ? Object.values(value) : value === null || value === "" ? [] : [value];
  }
}

/** The map with the entry at index `at` replaced; the order stays. */
export function withEntry(map: JsonMap, at: number, key: string, value: Json): JsonMap {
  const result: JsonMap = {};
  Object.entries(map).forEach(([name, entry], index) => {
    if (index === at) setKey(result, key, value);
    else setKey(result, name, entry);
  });
  return result;
}

/** An empty value of the kind that the last entry of a list has, because lists mostly hold one kind. */
export function emptyLike(last: Json | undefined): Json {
  return last === undefined || last === null ? "" : convert(null, kindOf(last));
}

/** The list with the entry at `index` and the one before it exchanged. */
export function swapped(list: readonly Json[], index: number): Json[] {
  const [before, entry] = [list[index - 1], list[index]];
  if (before === undefined || entry === undefined) return [...list];
  return list.map((each, at) => (at === index - 1 ? entry : at === index ? before : each));
}

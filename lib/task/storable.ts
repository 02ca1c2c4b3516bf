import { isMap, type Json } from "../json.ts";

type Path = (string | number)[];

/** No real task nests deeper, and deeper values would exhaust the stack of the functions that walk them. */
export const MAX_DEPTH = 64;

/**
 * The first value that a round trip through the database would change, or null when there is none.
 * PostgreSQL text and jsonb hold no NUL and no half of a surrogate pair; a number beyond 2^53 or `.nan`
 * comes back as another value.
 */
export function storableError(value: Json, path: Path = []): { message: string; path: Path } | null {
  if (path.length > MAX_DEPTH)
    return { message: `${where(path.slice(0, 3))}: nested deeper than ${MAX_DEPTH} levels`, path };
  if (typeof value === "number") {
    const ok = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    return ok
      ? null
      : {
          message: `${where(path)}: the number ${value} does not survive the trip to the database; quote it`,
          path,
        };
  }
  if (typeof value === "string") return storableText(value) ? null : textError(path);
  if (Array.isArray(value))
    return first(
      value.map((item, i) => [i, item] as const),
      path,
    );
  if (isMap(value)) {
    const key = Object.keys(value).find((name) => !storableText(name));
    return key === undefined ? first(Object.entries(value), path) : textError([...path, key]);
  }
  return null;
}

function first(
  entries: readonly (readonly [string | number, Json])[],
  path: Path,
): { message: string; path: Path } | null {
  for (const [key, item] of entries) {
    const error = storableError(item, [...path, key]);
    if (error) return error;
  }
  return null;
}

function storableText(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function textError(path: Path): { message: string; path: Path } {
  return { message: `${where(path)}: text with a NUL or half a surrogate pair cannot be stored`, path };
}

function where(path: Path): string {
  return path.join(".") || "task";
}

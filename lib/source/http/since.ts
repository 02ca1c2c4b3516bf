import type { Json } from "../../json.ts";

/** The later of two cursors; null is before all. Times and numbers are compared as such, other texts as text. */
export function laterCursor(a: Json, b: Json): Json {
  if (b === null || (typeof b !== "string" && typeof b !== "number")) return a;
  if (a === null) return b;
  const [x, y] = [valueOf(a), valueOf(b)];
  if (x !== null && y !== null) return y > x ? b : a;
  return String(b) > String(a) ? b : a;
}

/** The cursor to ask from: earlier by the overlap, so that what shares the last moment is not lost. */
export function withOverlap(cursor: Json, overlap: number): string | null {
  if (typeof cursor !== "string" && typeof cursor !== "number") return null;
  if (isNumber(cursor)) return String(Number(cursor) - overlap);
  const time = Date.parse(String(cursor));
  if (Number.isNaN(time)) return String(cursor);
  const earlier = new Date(time - overlap * 1_000).toISOString();
  return /^\d{4}-\d\d-\d\d$/.test(String(cursor)) ? earlier.slice(0, 10) : earlier;
}

function isNumber(cursor: Json): boolean {
  return typeof cursor === "number" || (typeof cursor === "string" && /^-?\d+(\.\d+)?$/.test(cursor));
}

function valueOf(cursor: Json): number | null {
  if (isNumber(cursor)) return Number(cursor);
  const time = Date.parse(String(cursor));
  return Number.isNaN(time) ? null : time;
}

import type { Json } from "../../lib/json.ts";
import { plural } from "../shell/run-words.ts";
import { valueText } from "./words.ts";

/** A value that is longer is folded at first. */
const MOST = { letters: 600, lines: 12 } as const;

export function isLong(value: Json | undefined): boolean {
  const text = valueText(value);
  return text.length > MOST.letters || text.split("\n").length > MOST.lines;
}

/** How much of a value there is, for the person who unfolds it. */
export function sizeOf(value: Json | undefined): string {
  if (Array.isArray(value)) return plural(value.length, "entry", "entries");
  if (typeof value === "object" && value !== null) return plural(Object.keys(value).length, "key");
  return plural(valueText(value).length, "character");
}

import type { JsonMap } from "../../lib/json.ts";

/** Fields in which other systems keep what people call a thing. */
const NAMES = ["name", "title", "label", "display_name", "subject", "summary"];

/** What people call an object, as far as its fields tell; null: it has no name but its key. */
export function objectName(data: JsonMap, key: string): string | null {
  for (const field of NAMES) {
    const value = data[field];
    if (typeof value === "string" && value.trim() !== "" && value !== key) return value;
  }
  return null;
}

import type { Json } from "../../lib/json.ts";
import type { SourceSample } from "../../lib/protocol/sample.ts";
import type { Found } from "./find-items.ts";

/** So many items of a page are shown. */
export const SAMPLE_ROWS = 5;

/** The first items of a page, each with what was made of it. */
export function sampleRows(items: readonly Json[], found: Found): SourceSample["rows"] {
  const byKey = new Map(found.items.map((item) => [item.key, item]));
  return items.slice(0, SAMPLE_ROWS).map((data, at) => {
    const key = found.keys[at] ?? null;
    const made = key === null ? undefined : byKey.get(key);
    return { key, parent: made?.parent ?? null, updated_at: made?.updatedAt ?? null, data };
  });
}

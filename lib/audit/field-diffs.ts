import type { JsonMap } from "../json.ts";
import type { FieldDiff } from "../protocol/run.ts";
import { diffMaps, inFieldOrder } from "../sync/diff.ts";
import { fieldName } from "../sync/path.ts";

/**
 * The fields of a task that differ, in the order of fields. A stored map has an order of its own, so the order of its keys
 * says nothing. Null stands for an absent task.
 */
export function fieldDiffs(before: JsonMap | null, after: JsonMap | null): FieldDiff[] {
  return inFieldOrder(diffMaps(before ?? {}, after ?? {})).map(({ path, ...values }) => ({
    field: fieldName(path),
    ...values,
  }));
}

import { isMap, type JsonMap } from "../json.ts";
import type { AuditEntry } from "../protocol/audit.ts";
import type { FieldDiff } from "../protocol/run.ts";
import { ROW_COLUMNS } from "../task/fields.ts";
import { fieldDiffs } from "./field-diffs.ts";

/** A task as history shows it, from a table row (the task's own keys are in `extra`) or a run's record. */
export function shownTask(stored: JsonMap | null): JsonMap | null {
  if (stored === null) return null;
  const { extra = {}, ...known } = stored;
  const fields = Object.entries(known).filter(([name]) => !ROW_COLUMNS.has(name));
  return { ...(isMap(extra) ? extra : { extra }), ...Object.fromEntries(fields) };
}

/**
 * The fields that differ between before and after. A conflict has three sides, so its entry has no such list.
 */
export function entryDiff({
  subject,
  before,
  after,
}: Pick<AuditEntry, "subject" | "before" | "after">): FieldDiff[] {
  if (subject === "conflict") return [];
  return fieldDiffs(before, after);
}

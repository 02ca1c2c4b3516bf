import { isMap, type JsonMap } from "../json.ts";
import type { AuditEntry } from "../protocol/audit.ts";
import type { FieldDiff } from "../protocol/run.ts";
import { diffMaps } from "../sync/diff.ts";
import { fieldName } from "../sync/path.ts";

/** Columns of a row that say nothing of the task itself. */
const STAMPS: ReadonlySet<string> = new Set([
  "id",
  "source",
  "version",
  "updated_at",
  "updated_by",
  "changed_at",
  "id_type",
]);

/** A task as history shows it, from a row of the table (keys of its own in `extra`) or from a run's record. */
export function shownTask(stored: JsonMap | null): JsonMap | null {
  if (stored === null) return null;
  const { extra = {}, ...known } = stored;
  const fields = Object.entries(known).filter(([name]) => !STAMPS.has(name));
  return { ...(isMap(extra) ? extra : { extra }), ...Object.fromEntries(fields) };
}

/** What differs between before and after. A conflict has three sides, so its entry has no such list. */
export function entryDiff({
  subject,
  before,
  after,
}: Pick<AuditEntry, "subject" | "before" | "after">): FieldDiff[] {
  if (subject === "conflict") return [];
  return diffMaps(before ?? {}, after ?? {}).map((difference) => ({
    field: fieldName(difference.path),
    before: difference.before,
    after: difference.after,
  }));
}

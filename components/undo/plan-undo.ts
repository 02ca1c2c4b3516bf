import { equalJson, type JsonMap } from "../../lib/json.ts";
import type { FieldDiff } from "../../lib/protocol/run.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { fieldDiffs } from "../../lib/audit/field-diffs.ts";
import { mergeMaps } from "../../lib/sync/merge.ts";
import { fieldName, withPath } from "../../lib/sync/path.ts";
import { isTimeKey } from "../../lib/task/fields.ts";
import { idFromText } from "../../lib/task/id.ts";
import { canonicalTimestamp } from "../../lib/task/timestamp.ts";
import { draftOf } from "../tasks/merge-draft.ts";

/** One edit of one task, as history and the panel know it. */
export interface EditOfTask {
  id: string;
  source: string;
  /** The task's content before the edit; null when the edit created it. */
  before: JsonMap | null;
  /** Its content after the edit; null when the edit deleted it. */
  after: JsonMap | null;
}

/** What undoing an edit would do to the task as it is now. */
export type UndoPlan = {
  /** What the undo changes. */
  changes: FieldDiff[];
  /** Fields of the edit that were edited again since. They stay as they are. */
  since: string[];
} & (
  | { kind: "update"; content: JsonMap }
  | { kind: "create"; content: JsonMap }
  | { kind: "delete" }
  | { kind: "nothing" }
);

/** @param now the task as it is now; null when there is none. */
export function planUndo({ id, before, after }: EditOfTask, now: TaskJson | null): UndoPlan {
  const present = now && contentOf(now);
  const earlier = before && contentOf(before);
  const later = after && contentOf(after);
  if (present === null) {
    // The edit deleted it, or another one did since; then there is nothing to put the fields into.
    if (later !== null || earlier === null) return { kind: "nothing", changes: [], since: [] };
    return { kind: "create", content: { ...earlier, id: idFromText(id, null) }, changes: [], since: [] };
  }
  if (later === null) return { kind: "nothing", changes: [], since: ["the task itself"] };
  if (earlier === null) return { kind: "delete", changes: [], since: namesOf(later, present) };
  return undoFields(earlier, later, present);
}

/** Undoes an edit of fields: everything that it changed and that says the same since. */
function undoFields(before: JsonMap, after: JsonMap, now: JsonMap): UndoPlan {
  const schedule = ["schedule_cron", "timezone"].some((name) => !equalJson(before[name], after[name]));
  // The next run is computed anew from the schedule that is put back.
  const wanted = schedule ? { ...before, next_run_at: after["next_run_at"] ?? null } : before;
  const { value, conflicts } = mergeMaps(after, now, wanted);
  let content = value;
  for (const { path, file } of conflicts) content = withPath(content, path, file) ?? content;
  const changes = fieldDiffs(now, content);
  const since = conflicts.map(({ path }) => fieldName(path));
  return changes.length === 0
    ? { kind: "nothing", changes, since }
    : { kind: "update", content, changes, since };
}

function namesOf(a: JsonMap, b: JsonMap): string[] {
  return fieldDiffs(a, b)
    .map(({ field }) => field)
    .filter((name) => name !== "next_run_at");
}

/** What the task says, without its id, with every time in one notation. */
function contentOf(task: JsonMap): JsonMap {
  const { id: _id, ...content } = draftOf(task as TaskJson);
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => [
      name,
      isTimeKey(name) && typeof value === "string" ? (canonicalTimestamp(value) ?? value) : value,
    ]),
  );
}

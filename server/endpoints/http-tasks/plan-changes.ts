import { isMap, type JsonMap } from "../../../lib/json.ts";
import type { Problem } from "../../../lib/problem.ts";
import type { HttpTasksConfig } from "../../../lib/source/http-tasks/config.ts";
import type { PlanItem } from "../../../lib/sync/types.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import type { ScheduleDocument } from "../../../lib/yaml/document.ts";
import type { EarlierText } from "../../../lib/yaml/earlier-text.ts";
import { itemAt } from "../../../lib/yaml/task-at.ts";
import { editDocument } from "../schedule-text/edit-document.ts";
import { idempotencyKey } from "./answers.ts";
import { bodyOfChange, NoWord } from "./body-of-change.ts";
import { kindOf, refused, type TaskChange, whyNotSent } from "./change.ts";
import type { Listing } from "./listing.ts";
import { sameTask } from "./same-task.ts";
import { inOrder } from "./task-of-item.ts";
import type { PlannedChange } from "./write-task.ts";

export interface PlannedChanges {
  changes: PlannedChange[];
  /** Tasks that the API cannot take as they are to be, and why. */
  refused: Map<TaskKey, Problem>;
}

/** The requests that the plan's items need, from the text that a file would have after them. */
export async function planChanges(
  { config, place }: { config: HttpTasksConfig; place: string },
  listing: Listing,
  items: readonly PlanItem[],
  at: Date,
  earlier?: EarlierText,
): Promise<PlannedChanges> {
  const edited = await editDocument(listing.document, items, at, earlier);
  const planned: PlannedChanges = { changes: [], refused: edited.refused };
  for (const { key, file } of items) {
    if (file === undefined || planned.refused.has(key) || edited.document === null) continue;
    const before = textOf(listing.document, key);
    const after = textOf(edited.document, key);
    const change: TaskChange = { kind: kindOf(before, after), key, before, after };
    if (file?.renames !== undefined) {
      planned.refused.set(key, refused(change, `task ${file.renames} cannot be given another id there`));
      continue;
    }
    if (before && after && sameTask(before, after)) continue;
    const item = listing.items.get(key) ?? null;
    const problem = whyNotSent(change, config) ?? whyNoBody(change, config, item);
    if (problem) planned.refused.set(key, problem);
    else {
      const stamp = file?.stamp ?? null;
      planned.changes.push({ ...change, item, idempotencyKey: idempotencyKey(place, after ?? {}, stamp) });
    }
  }
  return planned;
}

/** The task as the text has it; null: it is not there. */
function textOf(document: ScheduleDocument, key: TaskKey): JsonMap | null {
  const number = document.parts.index.valid.get(key);
  if (number === undefined) return null;
  const { json } = itemAt(document, number);
  return isMap(json) ? inOrder(json) : null;
}

function whyNoBody(change: TaskChange, config: HttpTasksConfig, item: JsonMap | null): Problem | null {
  const write = config.writes[change.kind];
  try {
    if (write) bodyOfChange(change, write, config, item);
    return null;
  } catch (error) {
    if (error instanceof NoWord) return refused(change, error.message);
    throw error;
  }
}

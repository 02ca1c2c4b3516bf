import { createHash } from "node:crypto";
import { isMap, type Json, type JsonMap } from "../../../lib/json.ts";
import type { HttpTasksConfig } from "../../../lib/source/http-tasks/config.ts";
import { type TaskKey, taskKey } from "../../../lib/task/task.ts";
import { canonicalTimestamp } from "../../../lib/task/timestamp.ts";
import type { ScheduleDocument } from "../../../lib/yaml/document.ts";
import { readScheduleInSteps } from "../../../lib/yaml/read.ts";
import { inSlices } from "../../in-slices.ts";
import type { Validators } from "../collection.ts";
import { renderTasks } from "./render-tasks.ts";
import { taskOfItem } from "./task-of-item.ts";

/** One reading of the tasks behind the API. Immutable. */
export interface Listing {
  /** The items as they came, by the id of their task. */
  items: ReadonlyMap<TaskKey, JsonMap>;
  /** The tasks that they say, as they would stand in a file; also those that are not valid. */
  tasks: readonly JsonMap[];
  document: ScheduleDocument;
  revision: string;
  /** ISO 8601. */
  modifiedAt: string;
  validators: Validators | null;
}

/** What was read, before it is put together. */
export interface Told {
  items: readonly Json[];
  validators: Validators | null;
}

/** @param now ISO 8601: when the list changed last, where its tasks do not tell. */
export async function listingOf(
  { items, validators }: Told,
  config: HttpTasksConfig,
  now: string,
  before?: Listing,
): Promise<Listing> {
  const byKey = new Map<TaskKey, JsonMap>();
  const tasks = items.map((item) => {
    const task = taskOfItem(item, config);
    const key = keyOf(task);
    if (key !== undefined && isMap(item)) byKey.set(key, item);
    return task;
  });
  return listingOfTasks({ items: byKey, tasks, validators }, now, before);
}

export async function listingOfTasks(
  told: Pick<Listing, "items" | "tasks" | "validators">,
  now: string,
  before?: Listing,
): Promise<Listing> {
  const text = renderTasks(told.tasks);
  const document = await inSlices(readScheduleInSteps(text, before?.document));
  if (before && document === before.document) {
    return { ...told, document, revision: before.revision, modifiedAt: before.modifiedAt };
  }
  return { ...told, document, revision: revisionOf(text), modifiedAt: lastStamp(told.tasks) ?? now };
}

export function keyOf({ id }: JsonMap): TaskKey | undefined {
  return typeof id === "string" || typeof id === "number" ? taskKey(id) : undefined;
}

function revisionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function lastStamp(tasks: readonly JsonMap[]): string | null {
  const stamps = tasks.flatMap(({ updated_at: stamp }) =>
    typeof stamp === "string" ? (canonicalTimestamp(stamp) ?? []) : [],
  );
  return stamps.sort().at(-1) ?? null;
}

import type { SideTask } from "../../../lib/sync/types.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import type { ScheduleDocument } from "../../../lib/yaml/document.ts";
import type { EarlierText, TextAround } from "../../../lib/yaml/earlier-text.ts";
import { writtenMetadata } from "../../../lib/yaml/metadata.ts";
import { putBackInSteps } from "../../../lib/yaml/put-back.ts";
import { rewordedTasks } from "../../../lib/yaml/reworded.ts";
import { seamsBetween } from "../../../lib/yaml/seams.ts";
import { inSlices } from "../../in-slices.ts";
import { OWN_METADATA } from "./edit-document.ts";
import { ScheduleTasks } from "./schedule-tasks.ts";

/** What the text would say of these tasks with their earlier lines put back. */
export async function recall(
  { document }: ScheduleTasks,
  earlier: EarlierText,
  modifiedAt: string,
  keys: ReadonlySet<TaskKey> = new Set(earlier.tasks.keys()),
): Promise<Map<TaskKey, SideTask | undefined>> {
  const back = await inSlices(putBackInSteps(document, earlier, keys));
  const tasks = new ScheduleTasks(back.document, modifiedAt);
  return new Map([...back.tasks].map((key) => [key, tasks.task(key)]));
}

/** The text around the tasks that changed between two readings, for an undo. */
export function textAround(
  before: ScheduleDocument,
  after: ScheduleDocument,
  changed: ReadonlySet<TaskKey>,
): TextAround {
  const [then, now] = [before, after].map((document) => writtenMetadata(document, OWN_METADATA));
  const metadata: TextAround["metadata"] = {};
  for (const key of OWN_METADATA) {
    const [was, is] = [then?.[key], now?.[key]];
    if (was !== undefined && is !== undefined) metadata[key] = { before: was, after: is };
  }
  return {
    seams: seamsBetween(before, after, changed),
    reworded: rewordedTasks(before, after, changed),
    metadata,
  };
}

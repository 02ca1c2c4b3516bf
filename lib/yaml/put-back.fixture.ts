import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import type { EarlierText } from "./earlier-text.ts";
import { writtenMetadata } from "./metadata.ts";
import { rewordedTasks } from "./reworded.ts";
import { seamsBetween } from "./seams.ts";
import { taskTexts } from "./task-text.ts";

/** What history keeps of an edit of these tasks. */
export function keptOf(
  before: ScheduleDocument,
  after: ScheduleDocument,
  changed: readonly TaskKey[],
): EarlierText {
  const [then, now] = [taskTexts(before), taskTexts(after)];
  const lines = (key: TaskKey) => ({ before: then(key)?.text ?? null, after: now(key)?.text ?? null });
  const keys = ["last_sync", "sync_source"];
  const [was, is] = [writtenMetadata(before, keys), writtenMetadata(after, keys)];
  const metadata = keys.flatMap((key) => {
    const [old, left] = [was[key], is[key]];
    return old === undefined || left === undefined ? [] : [[key, { before: old, after: left }] as const];
  });
  return {
    tasks: new Map(changed.map((key) => [key, lines(key)])),
    seams: seamsBetween(before, after, new Set(changed)),
    reworded: rewordedTasks(before, after, new Set(changed)),
    metadata: Object.fromEntries(metadata),
  };
}

import { type ChangedText, changedTexts } from "../../lib/run/changed-texts.ts";
import type { PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { SideTasks, Snapshot } from "../endpoints/endpoint.ts";
import type { CurrentRun } from "./current-run.ts";

/**
 * The lines of each changed task before and after the run, for history.
 * @param found the file as the run found it.
 * @param now the file as it is now.
 */
export function linesOfChanges(
  { memory, work }: CurrentRun,
  items: readonly PlanItem[],
  { found, now }: { found: Snapshot; now: Snapshot },
): Map<TaskKey, ChangedText> {
  // The file as the last run left it: as this run found it, or as it was before the edit that this run carried.
  const before = [memory.snapshot, found].find(
    (snapshot) => snapshot?.revision === work.source.file_revision,
  );
  return changedTexts(items, before && textIn(before.tasks), textIn(now.tasks));
}

function textIn(tasks: SideTasks): (key: TaskKey) => { text: string } | undefined {
  return (key) => tasks.text(key);
}

import type { PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { ScheduleDocument } from "../../lib/yaml/document.ts";
import { taskTexts } from "../../lib/yaml/task-text.ts";
import type { ChangedText } from "../store/runs.ts";

/** A run that changes more is not read line by line by anybody. */
const MOST_CHANGES = 200;
const LONGEST_TEXT = 64 * 1024;

/**
 * The lines of each changed task before and after a run, for history.
 * @param before the file as the run before left it; undefined where this process never saw it.
 */
export function changedTexts(
  items: readonly PlanItem[],
  before: ScheduleDocument | undefined,
  after: ScheduleDocument,
): Map<TaskKey, ChangedText> {
  if (items.length > MOST_CHANGES) return new Map();
  const [was, is] = [before && taskTexts(before), taskTexts(after)];
  const kept = (found: { text: string } | undefined) =>
    found && found.text.length <= LONGEST_TEXT ? found.text : null;
  return new Map(items.map(({ key }) => [key, { before: kept(was?.(key)), after: kept(is(key)) }]));
}

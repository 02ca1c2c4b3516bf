import type { PlanItem } from "../sync/types.ts";
import type { TaskKey } from "../task/task.ts";

/** A task's lines in the file, before and after a run. */
export interface ChangedText {
  before: string | null;
  after: string | null;
}

/** Finds a task's lines in one reading of the file. */
type TextOf = (key: TaskKey) => { text: string } | undefined;

/** Runs with more changes keep no lines, because people do not read so many changes line by line. */
const MOST_CHANGES = 200;
const LONGEST_TEXT = 64 * 1024;

/**
 * The lines of each changed task before and after a run, for history.
 * @param before the file as the previous run left it; undefined when this process never saw it.
 */
export function changedTexts(
  items: readonly PlanItem[],
  before: TextOf | undefined,
  after: TextOf,
): Map<TaskKey, ChangedText> {
  if (items.length > MOST_CHANGES) return new Map();
  const kept = (found: { text: string } | undefined) =>
    found && found.text.length <= LONGEST_TEXT ? found.text : null;
  return new Map(items.map(({ key }) => [key, { before: kept(before?.(key)), after: kept(after(key)) }]));
}

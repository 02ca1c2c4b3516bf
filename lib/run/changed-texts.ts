import type { PlanItem } from "../sync/types.ts";
import type { TaskKey } from "../task/task.ts";
import type { EarlierLines, TextAround } from "../yaml/earlier-text.ts";

/** Finds a task's lines in one reading of the file. */
type TextOf = (key: TaskKey) => { text: string } | undefined;

/** Of a run with more changes only the lines that it took out or replaced are kept, because an undo needs them. */
const MOST_SHOWN = 200;
const LONGEST_TEXT = 64 * 1024;
/** A run keeps so many characters in all. */
const MOST_TEXT = 4 * 1024 * 1024;

/**
 * The lines of each changed task before and after a run, for history: for people to read, and for an undo.
 * @param before finds them in the file as the previous run left it, where this process saw it.
 */
export function changedTexts(
  items: readonly PlanItem[],
  before: TextOf,
  after: TextOf,
): Map<TaskKey, EarlierLines> {
  const kept = (found: { text: string } | undefined) =>
    found && found.text.length <= LONGEST_TEXT ? found.text : null;
  const texts = new Map<TaskKey, EarlierLines>();
  let left = MOST_TEXT;
  for (const { key } of items) {
    const lines = { before: kept(before(key)), after: kept(after(key)) };
    if (items.length > MOST_SHOWN && (lines.before === null || lines.before === lines.after)) continue;
    left -= (lines.before?.length ?? 0) + (lines.after?.length ?? 0);
    if (left < 0) break;
    texts.set(key, lines);
  }
  return texts;
}

/** The same, without what an undo can do without where it is very long. */
export function boundedAround(around: TextAround): TextAround {
  const gaps = around.seams.flatMap(({ before, after }) => [...before.gaps, ...(after?.gaps ?? [])]);
  const length = gaps.reduce((sum, gap) => sum + gap.length, 0);
  const reworded = Object.values(around.reworded).reduce(
    (sum, { before, after }) => sum + before.length + after.length,
    0,
  );
  return length + reworded <= MOST_TEXT ? around : { ...around, seams: [], reworded: {} };
}

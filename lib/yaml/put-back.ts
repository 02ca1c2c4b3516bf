import { equalJson } from "../json.ts";
import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import type { EarlierText } from "./earlier-text.ts";
import { mergeLines } from "./merge-lines.ts";
import { ownLines, seamSplices } from "./put-back-seams.ts";
import { runToEnd, type Progress } from "./progress.ts";
import { readScheduleInSteps } from "./read.ts";
import { applySplices } from "./rewrite-items.ts";
import type { Splice } from "./slot.ts";
import { itemAt } from "./task-at.ts";
import { type TaskSpans, taskSpans } from "./task-spans.ts";
import { reread } from "./update-items.ts";
import { sameRestOfFile } from "./verify.ts";

interface PutBack {
  document: ScheduleDocument;
  /** The tasks that stand there as they did before: with their earlier lines, or not at all. */
  tasks: Set<TaskKey>;
}

/**
 * Puts the earlier lines of these tasks back into the text, at their place. What was edited since stays: a task whose
 * lines cannot be put back beside that is left as it is. The result is verified: nothing else in the file says
 * anything different.
 */
export function putBack(
  document: ScheduleDocument,
  earlier: EarlierText,
  keys: ReadonlySet<TaskKey>,
): PutBack {
  return runToEnd(putBackInSteps(document, earlier, keys));
}

/** Does the same in steps of some milliseconds. */
export function* putBackInSteps(
  document: ScheduleDocument,
  earlier: EarlierText,
  keys: ReadonlySet<TaskKey>,
): Generator<Progress, PutBack> {
  const nothing = { document, tasks: new Set<TaskKey>() };
  const wanted = [...keys].filter((key) => earlier.tasks.has(key) && !document.held.has(key));
  const spans = wanted.length > 0 && !document.fatal ? taskSpans(document) : undefined;
  if (!spans) return nothing;
  const { splices, tasks } = splicesFor(document, spans, earlier, new Set(wanted));
  if (tasks.size === 0) return nothing;
  const after = splices.length === 0 ? document : yield* spliced(document, splices);
  if (after && isOnlyThat(document, after, earlier, tasks)) return { document: after, tasks };
  if (wanted.length === 1) return nothing;
  // One of them cannot be put back, and the others are found by halving.
  const half = Math.ceil(wanted.length / 2);
  const first = yield* putBackInSteps(document, earlier, new Set(wanted.slice(0, half)));
  const second = yield* putBackInSteps(first.document, earlier, new Set(wanted.slice(half)));
  return { document: second.document, tasks: new Set([...first.tasks, ...second.tasks]) };
}

function splicesFor(
  document: ScheduleDocument,
  spans: TaskSpans,
  earlier: EarlierText,
  keys: ReadonlySet<TaskKey>,
): { splices: Splice[]; tasks: Set<TaskKey> } {
  const { splices, tasks } = seamSplices(document, spans, earlier, keys);
  for (const key of keys) {
    const kept = earlier.tasks.get(key);
    const [before, after] = [ownLines(kept?.before), ownLines(kept?.after)];
    const span = spans.of(document.parts.index.valid.get(key) ?? -1);
    if (tasks.has(key) || !span || before === null || after === null) continue;
    const lines = document.text.slice(span.start, span.end);
    const back = mergeLines(after, lines, before);
    if (back === undefined) continue;
    if (back !== lines) splices.push({ ...span, text: back });
    tasks.add(key);
  }
  // An alias comes back with its anchor only, so these wait for the undo of the whole run.
  const isWhole = [...earlier.tasks.keys()].every((key) => tasks.has(key));
  for (const [key, { before, after }] of isWhole ? Object.entries(earlier.reworded) : []) {
    const span = spans.of(document.parts.index.valid.get(key) ?? -1);
    if (span && document.text.slice(span.start, span.end) === ownLines(after))
      splices.push({ ...span, text: ownLines(before) ?? "" });
  }
  return { splices, tasks };
}

function* spliced(
  document: ScheduleDocument,
  splices: readonly Splice[],
): Generator<Progress, ScheduleDocument | undefined> {
  const ordered = [...splices].sort((a, b) => a.start - b.start || a.end - b.end);
  if (ordered.some(({ start }, number) => start < (ordered[number - 1]?.end ?? 0))) return undefined;
  const text = applySplices(document.text, ordered);
  if (document.parts.layout) {
    const changes = ordered.map(({ start, end, text: { length } }) => ({ start, end, length }));
    return yield* reread(document, text, changes);
  }
  const after = yield* readScheduleInSteps(text);
  return sameRestOfFile(document, after) ? after : undefined;
}

/** Whether these tasks are there or gone as before, and every other item says what it said. */
function isOnlyThat(
  document: ScheduleDocument,
  after: ScheduleDocument,
  { tasks: lines }: EarlierText,
  tasks: ReadonlySet<TaskKey>,
): boolean {
  if (after.fatal) return false;
  for (const key of tasks) if (after.has(key) !== (lines.get(key)?.before !== null)) return false;
  const others = (each: ScheduleDocument) =>
    each.parts.entries.flatMap(({ key }, number) => (key !== undefined && tasks.has(key) ? [] : [number]));
  const [then, now] = [others(document), others(after)];
  return (
    then.length === now.length &&
    then.every((from, index) => {
      const to = now[index] ?? -1;
      return (
        document.parts.entries[from] === after.parts.entries[to] ||
        equalJson(itemAt(document, from).json, itemAt(after, to).json)
      );
    })
  );
}

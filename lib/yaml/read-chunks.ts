import type { Problem } from "../problem.ts";
import type { Change } from "./difference.ts";
import { EMPTY_INDEX, TaskIndexBuilder, indexTasks, ScheduleDocument } from "./document.ts";
import { type Entry, entryOf } from "./entry.ts";
import { readItem, readSimple } from "./read-item.ts";
import { findLayout, type Layout, scanItems, skeleton } from "./layout.ts";
import { positionOf } from "./position.ts";
import { type Progress, TASKS_PER_STEP } from "./progress.ts";
import { chunkFault, chunkTree, isTree, wholeTree } from "./parse-tree.ts";

/** Above this many characters, parsing the text in one piece takes seconds. */
const LARGE = 1_000_000;

/** Reads one item from its lines alone; undefined when the lines do not parse alone. */
function readChunk(chunk: string): Entry | undefined {
  const simple = readSimple(chunk);
  if (simple) return entryOf(simple, chunk);
  const tree = chunkTree(chunk);
  if (tree?.seq.items.length !== 1) return undefined;
  return entryOf(readItem(tree.seq.items[0] ?? null, tree.aliases), chunk);
}

/**
 * Reads a file whose tasks are a plain block list, item by item. Undefined when the result might differ from
 * parsing the whole text, for instance because an item uses an anchor from outside it.
 */
export function* readChunks(
  text: string,
  known: ReadonlyMap<string, Entry>,
): Generator<Progress, ScheduleDocument | undefined> {
  const layout = yield* pausing(findLayout(text));
  if (!layout || !standsAlone(text, layout)) return undefined;
  const { starts, end } = layout;
  const entries: Entry[] = [];
  const registrar = new TaskIndexBuilder();
  for (const [number, start] of starts.entries()) {
    const chunk = text.slice(start, starts[number + 1] ?? end);
    const entry = known.get(chunk) ?? readChunk(chunk);
    if (!entry) return text.length > LARGE ? faultyItem(text, start, chunk) : undefined;
    entries.push(entry);
    registrar.add(entry);
    if (number % TASKS_PER_STEP === TASKS_PER_STEP - 1) yield { done: number + 1, total: starts.length };
  }
  return new ScheduleDocument(text, { layout, entries, index: registrar.finish() });
}

/**
 * The syntax error of one item, placed in the file. An error in an item's own lines is an error in the whole
 * text too: an open quote or bracket before them would have been an error already. So a large file with a
 * typing error does not have to be parsed as a whole, which takes seconds.
 */
function faultyItem(text: string, start: number, chunk: string): ScheduleDocument | undefined {
  const fault = chunkFault(chunk);
  if (!fault) return undefined;
  const fatal: Problem = {
    code: "yaml_syntax",
    message: fault.message,
    ...positionOf(text, start + fault.offset),
  };
  return new ScheduleDocument(text, { fatal, entries: [], index: EMPTY_INDEX });
}

/**
 * Whether the text around the items, with a stub in their place, is one document in which `tasks` is that
 * list.
 */
export function standsAlone(text: string, layout: Layout): boolean {
  const around = skeleton(text, layout);
  if (/^\uFEFF?%/m.test(around.text)) return false;
  const tree = wholeTree(around.text);
  if (!isTree(tree) || tree.seq.flow || tree.seq.items.length !== 1) return false;
  return (
    tree.seq.anchor === undefined &&
    tree.seq.tag === undefined &&
    tree.seq.items[0]?.range?.[0] === around.stub
  );
}

/**
 * Reads the text that `changes` made of `previous`, and parses only the items that the changes touch. The
 * changes are in order and do not overlap. Undefined when a change reaches beyond the items, or an item no
 * longer parses alone.
 */
export function* rereadChunks(
  previous: ScheduleDocument,
  text: string,
  changes: readonly Change[],
): Generator<Progress, ScheduleDocument | undefined> {
  const layout = previous.parts.layout;
  if (!layout) return undefined;
  const windows = touchedItems(layout, changes, previous.text.length);
  if (!windows) return undefined;
  const entries: Entry[] = [];
  const starts: number[] = [];
  const bound = (number: number) => layout.starts[number] ?? layout.end;
  let [next, shift, sameKeys] = [0, 0, true];
  const keep = (until: number) => {
    for (; next < until; next += 1) {
      starts.push(bound(next) + shift);
      entries.push(previous.parts.entries[next] as Entry);
    }
  };
  for (const { first, last, growth } of windows) {
    keep(first);
    const from = bound(first) + shift;
    shift += growth;
    const to = bound(last + 1) + shift;
    const part = yield* pausing(scanItems(text, from, to, layout.column));
    if (!part || part.starts[0] !== from || part.end !== to) return undefined;
    const known = knownChunks(previous, first, last + 1);
    for (const [number, start] of part.starts.entries()) {
      const chunk = text.slice(start, part.starts[number + 1] ?? to);
      const entry = known.get(chunk) ?? readChunk(chunk);
      if (!entry) return undefined;
      sameKeys &&= isSameTask(entry, previous.parts.entries[entries.length]);
      starts.push(start);
      entries.push(entry);
      if (number % TASKS_PER_STEP === TASKS_PER_STEP - 1)
        yield { done: number + 1, total: part.starts.length };
    }
    next = last + 1;
  }
  keep(layout.starts.length);
  sameKeys &&= entries.length === layout.starts.length;
  const parts = { column: layout.column, starts, end: layout.end + shift };
  return new ScheduleDocument(text, {
    layout: parts,
    entries,
    index: sameKeys ? previous.parts.index : indexTasks(entries),
  });
}

/** The entries of the items from `first` up to `end`, by their lines: equal lines give equal entries. */
export function knownChunks(
  document: ScheduleDocument | undefined,
  first = 0,
  end = Infinity,
): Map<string, Entry> {
  const known = new Map<string, Entry>();
  const layout = document?.parts.layout;
  if (!document || !layout) return known;
  for (let number = first; number < Math.min(end, layout.starts.length); number += 1) {
    const entry = document.parts.entries[number];
    if (entry)
      known.set(document.text.slice(layout.starts[number], layout.starts[number + 1] ?? layout.end), entry);
  }
  return known;
}

/** Items `first` to `last`, and by how many characters their lines grow. */
interface ItemRange {
  first: number;
  last: number;
  growth: number;
}

/** The ranges of items that the changes touch; undefined when a change reaches beyond the list. */
function touchedItems(
  layout: Layout,
  changes: readonly Change[],
  textLength: number,
): ItemRange[] | undefined {
  const windows: ItemRange[] = [];
  for (const { start, end, length } of changes) {
    let first = itemAt(layout, start);
    // A change up to the dash can join the item to the item before it, or the first item to the line
    // `tasks:`.
    if (first >= 0 && start <= (layout.starts[first] ?? 0) + layout.column + 1) first -= 1;
    // When another section follows the list, a change at the end of the last line can join them.
    if (first < 0 || end > layout.end || (end === layout.end && end < textLength)) return undefined;
    const last = Math.min(itemAt(layout, end), layout.starts.length - 1);
    const growth = length - (end - start);
    const before = windows.at(-1);
    if (before && before.last >= first) {
      before.last = Math.max(before.last, last);
      before.growth += growth;
    } else {
      windows.push({ first, last, growth });
    }
  }
  return windows;
}

/** The number of the last item that begins at or before `offset`; -1 before the first. */
function itemAt({ starts }: Layout, offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function isSameTask(entry: Entry, before: Entry | undefined): boolean {
  return entry.key === before?.key && (entry.problems === undefined) === (before?.problems === undefined);
}

/** Keeps the pauses of a scan, whose length is not known before it ends. */
function* pausing<T>(work: Generator<void, T>): Generator<Progress, T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield { done: 0, total: 1 };
  }
}

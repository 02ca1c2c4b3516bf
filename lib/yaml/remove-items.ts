import { removeFromFlow, itemTokenStart } from "./splice-collection.ts";
import type { ScheduleDocument } from "./document.ts";
import { skeleton } from "./layout.ts";
import { lineAbove, ownEnd, ownStart, skipBlank } from "./lines.ts";
import { lineEnd, lineStart } from "./position.ts";
import { readScheduleInSteps } from "./read.ts";
import { applySplices } from "./rewrite-items.ts";
import { writeOutAliases } from "./splice-operation.ts";
import { breakAt, columnOf, contentEnd, itemSlot, pairSlot, type Splice } from "./slot.ts";
import { type Progress, TASKS_PER_STEP } from "./progress.ts";
import { styleOf } from "./style.ts";
import { chunkOf } from "./task-at.ts";
import { chunkTree, type Tree } from "./parse-tree.ts";
import { parseWhole, reread } from "./update-items.ts";
import { itemsAsExpected, itemsAfterEdit, sameRestOfFile } from "./verify.ts";

/**
 * Removes the items with these numbers and their own comment lines. Undefined when the result is not as
 * meant.
 */
export function* removeItems(
  document: ScheduleDocument,
  numbers: ReadonlySet<number>,
): Generator<Progress, ScheduleDocument | undefined> {
  if (numbers.size === 0) return document;
  const { count, expected } = itemsAfterEdit(document, new Map(), numbers);
  // Blank lines around a removed item are removed too, unless that would change a scalar that they belong to.
  for (const tidy of [true, false]) {
    const after = yield* document.parts.layout
      ? removeChunks(document, numbers, tidy)
      : removeWhole(document, numbers, tidy);
    if (after && itemsAsExpected(document, after, count, expected)) return after;
  }
  return undefined;
}

function* removeChunks(
  document: ScheduleDocument,
  numbers: ReadonlySet<number>,
  tidy: boolean,
): Generator<Progress, ScheduleDocument | undefined> {
  const {
    text,
    parts: { layout },
  } = document;
  if (!layout) return undefined;
  const splices: Splice[] = [];
  const kept = lastKept(layout.starts.length, numbers);
  for (const [done, number] of [...numbers].sort((a, b) => a - b).entries()) {
    if (done % TASKS_PER_STEP === TASKS_PER_STEP - 1) yield { done, total: numbers.size };
    const tree = chunkTree(chunkOf(document, number), { tokens: true });
    const slot = tree && itemSlot(tree.seq, 0);
    const start = layout.starts[number] ?? 0;
    if (!slot) return undefined;
    const place = { column: layout.column, tidy, last: number > kept };
    join(splices, blockItemSplice(text, start, start + contentEnd(tree.text, slot), place));
  }
  if (numbers.size === layout.starts.length) {
    const around = parseWhole(skeleton(text, layout).text);
    const empty = around && emptyListSplice(around);
    if (!empty) return undefined;
    const after = yield* readScheduleInSteps(applySplices(text, [empty, ...splices]));
    return sameRestOfFile(document, after) ? after : undefined;
  }
  const changes = splices.map(({ start, end }) => ({ start, end, length: 0 }));
  return yield* reread(document, applySplices(text, splices), changes);
}

function* removeWhole(
  document: ScheduleDocument,
  numbers: ReadonlySet<number>,
  tidy: boolean,
): Generator<Progress, ScheduleDocument | undefined> {
  let { text } = document;
  let tree = parseWhole(text);
  for (let round = 0; tree && round < 200; round += 1) {
    const released = releaseRemoved(tree, numbers);
    if (released === undefined) break;
    text = applySplices(text, released);
    tree = parseWhole(text);
  }
  if (!tree) return undefined;
  const all = numbers.size === tree.seq.items.length;
  const splices = tree.seq.flow ? flowSplices(tree, numbers) : blockSplices(tree, numbers, tidy);
  if (!splices) return undefined;
  const empty = all && !tree.seq.flow ? emptyListSplice(tree) : undefined;
  if (all && !tree.seq.flow && !empty) return undefined;
  const after = yield* readScheduleInSteps(applySplices(text, empty ? [empty, ...splices] : splices));
  return sameRestOfFile(document, after) ? after : undefined;
}

/** Writes out one alias that would lose its anchor with a removed item. */
function releaseRemoved(tree: Tree, numbers: ReadonlySet<number>): Splice[] | undefined {
  for (const number of numbers) {
    const released = writeOutAliases(tree, tree.seq.items[number] ?? null, styleOf(tree.text));
    if (released) return released.splices;
  }
  return undefined;
}

function blockSplices(tree: Tree, numbers: ReadonlySet<number>, tidy: boolean): Splice[] | undefined {
  const splices: Splice[] = [];
  const kept = lastKept(tree.seq.items.length, numbers);
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const slot = itemSlot(tree.seq, number);
    if (slot?.indicatorEnd === undefined) return undefined;
    const dashLine = lineStart(tree.text, slot.indicatorEnd - 1);
    if (tree.text.slice(dashLine, slot.indicatorEnd - 1).trim() !== "") return undefined;
    const place = { column: columnOf(tree.seq), tidy, last: number > kept };
    join(splices, blockItemSplice(tree.text, dashLine, contentEnd(tree.text, slot), place));
  }
  return splices;
}

/** The number of the last item that stays; -1 when none stays. */
function lastKept(count: number, numbers: ReadonlySet<number>): number {
  let number = count - 1;
  while (numbers.has(number)) number -= 1;
  return number;
}

function blockItemSplice(
  text: string,
  dashLine: number,
  end: number,
  { column, tidy, last }: { column: number; tidy: boolean; last: boolean },
): Splice {
  const start = ownStart(text, dashLine, column);
  const after = ownEnd(text, end, column);
  if (!tidy) return atEnd(text, start, after);
  const above = lineAbove(text, start);
  const next = skipBlank(text, after);
  // With blank lines on both sides, the lines above stay; around the list's last item, the lines below stay.
  if (last || next >= text.length) {
    let first = start;
    for (let line = lineAbove(text, first); line?.kind === "blank"; line = lineAbove(text, first))
      first = line.start;
    return atEnd(text, first, after);
  }
  const apart =
    above?.kind === "blank" ||
    (above?.kind === "content" && /^\S.*:/.test(text.slice(above.start, above.end)));
  return { start, end: apart ? next : after, text: "" };
}

/** Removes a stretch so that a text that ended without a line break still does. */
function atEnd(text: string, start: number, end: number): Splice {
  return end >= text.length && !text.endsWith("\n") && start > 0
    ? { start: breakAt(text, start - 1), end, text: "" }
    : { start, end, text: "" };
}

/** Adds a splice, joined with the last one when they touch. */
function join(splices: Splice[], splice: Splice): void {
  const last = splices.at(-1);
  if (last && splice.start <= last.end)
    splices[splices.length - 1] = {
      start: Math.min(last.start, splice.start),
      end: Math.max(last.end, splice.end),
      text: "",
    };
  else splices.push(splice);
}

function emptyListSplice(tree: Tree): Splice | undefined {
  const slot = tree.tasksPair && pairSlot(tree.root as never, tree.tasksPair);
  return slot && { start: slot.insertAt, end: slot.insertAt, text: " []" };
}

function flowSplices(tree: Tree, numbers: ReadonlySet<number>): Splice[] | undefined {
  const { seq, text } = tree;
  if (numbers.size === seq.items.length) {
    const [start, end] = seq.range ?? [0, 0];
    return [{ start, end, text: "[]" }];
  }
  const splices: Splice[] = [];
  const lastStay = lastKept(seq.items.length, numbers);
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const slot = itemSlot(seq, number);
    const start = itemTokenStart(seq, number);
    if (!slot || start === undefined) return undefined;
    let kept = number - 1;
    while (numbers.has(kept)) kept -= 1;
    const previous = itemSlot(seq, kept);
    const previousEnd = previous && contentEnd(text, previous);
    const endsRun = number > lastStay;
    const end = contentEnd(text, slot);
    const margin = lineStart(text, start);
    const rest = /^[ \t]*(,?)[ \t]*(?:#.*)?$/.exec(text.slice(end, breakAt(text, end)));
    if (!rest || margin === 0 || text.slice(margin, start).trim() !== "") {
      join(
        splices,
        removeFromFlow(text, start, slot, endsRun ? undefined : itemTokenStart(seq, number + 1), previousEnd),
      );
      continue;
    }
    // An item on its own lines is removed with them. The comma of the item before it is removed too when
    // the item was the last, unless the list ends with a comma.
    const comma =
      previousEnd === undefined || !endsRun || rest[1] === "," ? -1 : text.indexOf(",", previousEnd);
    if (comma >= 0 && number === kept + 1) join(splices, { start: comma, end: comma + 1, text: "" });
    join(splices, { start: margin, end: lineEnd(text, end), text: "" });
  }
  return splices;
}

import { isMap as isMapNode, type Node } from "yaml";
import type { JsonMap } from "../json.ts";
import { itemTokenStart } from "./splice-collection.ts";
import type { ScheduleDocument } from "./document.ts";
import { writeBlockCollection } from "./replace-value.ts";
import { lineAbove, ownEnd, ownStart } from "./lines.ts";
import { lineStart } from "./position.ts";
import { readScheduleInSteps } from "./read.ts";
import { blockEntries, flowValue, type Style } from "./render.ts";
import { applySplices } from "./rewrite-items.ts";
import { breakAt, columnOf, contentEnd, itemSlot, pairSlot, type Splice } from "./slot.ts";
import type { Progress } from "./progress.ts";
import { quotingOf, styleOf } from "./style.ts";
import { chunkOf } from "./task-at.ts";
import { chunkTree, type Tree } from "./parse-tree.ts";
import { parseWhole, reread } from "./update-items.ts";
import { itemsAsExpected, itemsAfterEdit, sameRestOfFile } from "./verify.ts";

/**
 * Adds the tasks after the last one, in its style. The result is read back; undefined when it does not say
 * what was meant.
 * @param file a text with the file's line breaks, for a document that has none of its own.
 */
export function* addItems(
  document: ScheduleDocument,
  tasks: readonly JsonMap[],
  file = document.text,
): Generator<Progress, ScheduleDocument | undefined> {
  if (tasks.length === 0) return document;
  const after = yield* document.parts.layout
    ? addToChunks(document, tasks)
    : addToWhole(document, tasks, file);
  const { count, expected } = itemsAfterEdit(document, new Map(), new Set(), tasks);
  return after && itemsAsExpected(document, after, count, expected) ? after : undefined;
}

function* addToChunks(
  document: ScheduleDocument,
  tasks: readonly JsonMap[],
): Generator<Progress, ScheduleDocument | undefined> {
  const {
    text,
    parts: { layout },
  } = document;
  const last = (layout?.starts.length ?? 0) - 1;
  const tree = chunkTree(chunkOf(document, last), { tokens: true });
  const splice = tree && layout && blockSplice(tree, 0, tasks, text, layout.starts[last] ?? 0);
  if (!splice) return undefined;
  return yield* reread(document, applySplices(text, [splice]), [
    { start: splice.start, end: splice.end, length: splice.text.length },
  ]);
}

function* addToWhole(
  document: ScheduleDocument,
  tasks: readonly JsonMap[],
  file: string,
): Generator<Progress, ScheduleDocument | undefined> {
  const tree = parseWhole(document.text);
  const splices = tree && wholeSplices(tree, tasks, file);
  if (!splices) return undefined;
  const after = yield* readScheduleInSteps(applySplices(document.text, splices));
  return sameRestOfFile(document, after) ? after : undefined;
}

function wholeSplices(tree: Tree, tasks: readonly JsonMap[], file: string): Splice[] | undefined {
  const { seq, text } = tree;
  const last = seq.items.length - 1;
  const style = { ...styleOf(text, file), quoting: quotingOf(seq.items[last] ?? null) };
  if (!seq.flow) {
    const splice = blockSplice(tree, last, tasks, text, 0);
    return splice && [splice];
  }
  if (last >= 0) return flowSplices(tree, tasks, style);
  const slot = tree.tasksPair && pairSlot(tree.root as never, tree.tasksPair);
  if (!slot) return undefined;
  if (!slot.inFlow) return writeBlockCollection(text, slot, [...tasks], style);
  const [start, end] = seq.range ?? [0, 0];
  return [{ start, end, text: flowValue([...tasks], style) }];
}

/**
 * Adds the tasks after the last item in brackets: each on its own line when the last item has its own line.
 */
function flowSplices({ seq, text }: Tree, tasks: readonly JsonMap[], style: Style): Splice[] | undefined {
  const last = seq.items.length - 1;
  const slot = itemSlot(seq, last);
  const start = itemTokenStart(seq, last);
  if (!slot || start === undefined) return undefined;
  const margin = text.slice(lineStart(text, start), start);
  const end = contentEnd(text, slot);
  const items = tasks.map((task) => flowValue(task, style));
  if (margin.trim() !== "" || lineStart(text, start) === 0)
    return [{ start: end, end, text: items.map((item) => `, ${item}`).join("") }];
  // A comma and a comment stay in the line of the item that they follow.
  const feed = breakAt(text, end);
  const rest = /^[ \t]*(,?)[ \t]*(?:#.*)?$/.exec(text.slice(end, feed));
  if (!rest)
    return [{ start: end, end, text: items.map((item) => `,${style.eol}${margin}${item}`).join("") }];
  const comma = rest[1] === "," ? "," : "";
  const lines = items.map((item) => style.eol + margin + item).join(",") + comma;
  return [{ start: end, end: feed, text: `${comma ? "" : ","}${text.slice(end, feed)}${lines}` }];
}

/** Adds the tasks after the lines of item `number`. `base` is the offset of the parsed text in the file. */
function blockSplice(
  tree: Tree,
  number: number,
  tasks: readonly JsonMap[],
  text: string,
  base: number,
): Splice | undefined {
  const slot = itemSlot(tree.seq, number);
  if (slot?.indicatorEnd === undefined) return undefined;
  const column = columnOf(tree.seq);
  const item: Node | null = slot.value;
  const style = { ...styleOf(tree.text, text), quoting: quotingOf(item) };
  const at = ownEnd(text, base + contentEnd(tree.text, slot), column);
  const body = tasks.map(
    (task) => `${" ".repeat(column)}-${newItem(item, task, slot.indicatorEnd ?? 0, column, style)}`,
  );
  const dashLine = lineStart(text, base + slot.indicatorEnd - 1);
  const above = lineAbove(text, ownStart(text, dashLine, column));
  const gap = above?.kind === "blank" ? style.eol : "";
  if (text.slice(0, at).endsWith("\n") || at === 0)
    return { start: at, end: at, text: body.map((line) => gap + line + style.eol).join("") };
  return { start: at, end: at, text: body.map((line) => style.eol + gap + line).join("") };
}

function newItem(sibling: Node | null, task: JsonMap, dashEnd: number, column: number, style: Style): string {
  if (isMapNode(sibling) && sibling.flow) return ` ${flowValue(task, style)}`;
  // The gap after the dash is the sibling's, when the sibling's first key is in the dash's line.
  const start = isMapNode(sibling) ? (sibling.range?.[0] ?? 0) : 0;
  const near =
    isMapNode(sibling) &&
    start > dashEnd &&
    start - dashEnd < 20 &&
    columnOf(sibling) - column === start - dashEnd + 1;
  const gap = near ? start - dashEnd : 1;
  return " ".repeat(gap) + blockEntries(task, column + 1 + gap, style);
}

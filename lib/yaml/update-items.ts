import { equalJson, type Json } from "../json.ts";
import { rereadChunks } from "./read-chunks.ts";
import { type Change, differenceOf } from "./difference.ts";
import type { ScheduleDocument } from "./document.ts";
import { readScheduleInSteps } from "./read.ts";
import { rewriteItems } from "./rewrite-items.ts";
import { readSimpleItem } from "./simple-item.ts";
import { type Progress, TASKS_PER_STEP } from "./progress.ts";
import { chunkOf, itemAt } from "./task-at.ts";
import { chunkTree, isTree, wholeTree } from "./parse-tree.ts";
import { itemsAsExpected, itemsAfterEdit, sameRestOfFile } from "./verify.ts";

/**
 * Gives the items with these numbers their wanted values. The result is verified; undefined when splicing
 * fails.
 */
export function* updateItems(
  document: ScheduleDocument,
  wanted: ReadonlyMap<number, Json>,
): Generator<Progress, ScheduleDocument | undefined> {
  if (wanted.size === 0) return document;
  const after = yield* document.parts.layout ? updateChunks(document, wanted) : updateWhole(document, wanted);
  const { count, expected } = itemsAfterEdit(document, wanted);
  return after && itemsAsExpected(document, after, count, expected) ? after : undefined;
}

function* updateChunks(
  document: ScheduleDocument,
  wanted: ReadonlyMap<number, Json>,
): Generator<Progress, ScheduleDocument | undefined> {
  const parse = (text: string) => chunkTree(text, { tokens: true });
  const pieces: string[] = [];
  const changes: Change[] = [];
  let done = 0;
  for (const number of [...wanted.keys()].sort((a, b) => a - b)) {
    const chunk = chunkOf(document, number);
    const goal = wanted.get(number) ?? null;
    const isReached = (text: string) => equalJson(readSimpleItem(text)?.json, goal);
    const rewritten = rewriteItems(chunk, parse, [goal], { file: document.text, isReached });
    if (rewritten === undefined) return undefined;
    const offset = document.parts.layout?.starts[number] ?? 0;
    const { start, end, length } = differenceOf(chunk, rewritten);
    pieces.push(document.text.slice(done, offset + start), rewritten.slice(start, start + length));
    done = offset + end;
    changes.push({ start: offset + start, end: done, length });
    if (changes.length % TASKS_PER_STEP === 0) yield { done: changes.length, total: wanted.size };
  }
  // The pieces are joined once at the end, because each joining copies a text of megabytes.
  return yield* reread(document, [...pieces, document.text.slice(done)].join(""), changes);
}

/** Reads the spliced text again: only the changed items, or all of it when the items' borders moved. */
export function* reread(
  document: ScheduleDocument,
  text: string,
  changes: readonly Change[],
): Generator<Progress, ScheduleDocument | undefined> {
  const local = yield* rereadChunks(document, text, changes);
  if (local) return local;
  const after = yield* readScheduleInSteps(text, document);
  return sameRestOfFile(document, after) ? after : undefined;
}

function* updateWhole(
  document: ScheduleDocument,
  wanted: ReadonlyMap<number, Json>,
): Generator<Progress, ScheduleDocument | undefined> {
  const all = document.parts.entries.map((_, number) => wanted.get(number) ?? itemAt(document, number).json);
  const text = rewriteItems(document.text, parseWhole, all);
  if (text === undefined) return undefined;
  const after = yield* readScheduleInSteps(text);
  return sameRestOfFile(document, after) ? after : undefined;
}

/** Parses the whole text with its tokens; undefined when it cannot be read. */
export function parseWhole(text: string) {
  const tree = wholeTree(text, { tokens: true });
  return isTree(tree) ? tree : undefined;
}

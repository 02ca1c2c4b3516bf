import { equalJson, type Json } from "../json.ts";
import { rereadChunks } from "./chunks.ts";
import { type Change, differenceOf } from "./difference.ts";
import type { ScheduleDocument } from "./document.ts";
import { readScheduleInSteps } from "./read.ts";
import { rewriteItems } from "./rewrite.ts";
import { readSimpleItem } from "./simple-item.ts";
import { type Progress, TASKS_PER_STEP } from "./steps.ts";
import { chunkOf, itemAt } from "./task-at.ts";
import { chunkTree, isTree, wholeTree } from "./tree.ts";
import { itemsAsMeant, meantBy, sameRest } from "./verify.ts";

/** The document with the items of these numbers saying what is wanted, verified; undefined where splicing does not get there. */
export function* updateItems(
  document: ScheduleDocument,
  wanted: ReadonlyMap<number, Json>,
): Generator<Progress, ScheduleDocument | undefined> {
  if (wanted.size === 0) return document;
  const after = yield* document.parts.layout ? updateChunks(document, wanted) : updateWhole(document, wanted);
  const { count, meant } = meantBy(document, wanted);
  return after && itemsAsMeant(document, after, count, meant) ? after : undefined;
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
    const says = (text: string) => equalJson(readSimpleItem(text)?.plain, goal);
    const rewritten = rewriteItems(chunk, parse, [goal], { file: document.text, says });
    if (rewritten === undefined) return undefined;
    const offset = document.parts.layout?.starts[number] ?? 0;
    const { start, end, length } = differenceOf(chunk, rewritten);
    pieces.push(document.text.slice(done, offset + start), rewritten.slice(start, start + length));
    done = offset + end;
    changes.push({ start: offset + start, end: done, length });
    if (changes.length % TASKS_PER_STEP === 0) yield { done: changes.length, total: wanted.size };
  }
  // Joined in one go, as a text of megabytes is copied by each step.
  return yield* reread(document, [...pieces, document.text.slice(done)].join(""), changes);
}

/** Reads the spliced text; only if the items' own borders moved, beyond the items that were changed. */
export function* reread(
  document: ScheduleDocument,
  text: string,
  changes: readonly Change[],
): Generator<Progress, ScheduleDocument | undefined> {
  const local = yield* rereadChunks(document, text, changes);
  if (local) return local;
  const after = yield* readScheduleInSteps(text, document);
  return sameRest(document, after) ? after : undefined;
}

function* updateWhole(
  document: ScheduleDocument,
  wanted: ReadonlyMap<number, Json>,
): Generator<Progress, ScheduleDocument | undefined> {
  const all = document.parts.entries.map((_, number) => wanted.get(number) ?? itemAt(document, number).plain);
  const text = rewriteItems(document.text, parseWhole, all);
  if (text === undefined) return undefined;
  const after = yield* readScheduleInSteps(text);
  return sameRest(document, after) ? after : undefined;
}

export function parseWhole(text: string) {
  const tree = wholeTree(text, { tokens: true });
  return isTree(tree) ? tree : undefined;
}

import type { Json } from "../json.ts";
import { rereadChunks } from "./chunks.ts";
import { type Change, differenceOf } from "./difference.ts";
import type { ScheduleDocument } from "./document.ts";
import { readSchedule } from "./read.ts";
import { rewriteItems } from "./rewrite.ts";
import { chunkOf, itemAt } from "./task-at.ts";
import { chunkTree, isTree, wholeTree } from "./tree.ts";
import { itemsAsMeant, sameRest, unchanged } from "./verify.ts";

/** The document with the items of these numbers saying what is wanted, verified; undefined where splicing does not get there. */
export function updateItems(document: ScheduleDocument, wanted: ReadonlyMap<number, Json>): ScheduleDocument | undefined {
  if (wanted.size === 0) return document;
  const after = document.parts.layout ? updateChunks(document, wanted) : updateWhole(document, wanted);
  const expected = unchanged(document).map((same, number) => (wanted.has(number) ? { plain: wanted.get(number) ?? null } : same));
  return after && itemsAsMeant(document, after, expected) ? after : undefined;
}

function updateChunks(document: ScheduleDocument, wanted: ReadonlyMap<number, Json>): ScheduleDocument | undefined {
  const parse = (text: string) => chunkTree(text, { tokens: true });
  const pieces: string[] = [];
  const changes: Change[] = [];
  let done = 0;
  for (const number of [...wanted.keys()].sort((a, b) => a - b)) {
    const chunk = chunkOf(document, number);
    const rewritten = rewriteItems(chunk, parse, [wanted.get(number) ?? null], document.text);
    if (rewritten === undefined) return undefined;
    const offset = document.parts.layout?.starts[number] ?? 0;
    const { start, end, length } = differenceOf(chunk, rewritten);
    pieces.push(document.text.slice(done, offset + start), rewritten.slice(start, start + length));
    done = offset + end;
    changes.push({ start: offset + start, end: done, length });
  }
  return reread(document, pieces.join("") + document.text.slice(done), changes);
}

/** Reads the spliced text; only if the items' own borders moved, beyond the items that were changed. */
export function reread(document: ScheduleDocument, text: string, changes: readonly Change[]): ScheduleDocument | undefined {
  const steps = rereadChunks(document, text, changes);
  for (let step = steps.next(); ; step = steps.next()) {
    if (!step.done) continue;
    if (step.value) return step.value;
    const after = readSchedule(text, document);
    return sameRest(document, after) ? after : undefined;
  }
}

function updateWhole(document: ScheduleDocument, wanted: ReadonlyMap<number, Json>): ScheduleDocument | undefined {
  const all = document.parts.entries.map((_, number) => wanted.get(number) ?? itemAt(document, number).plain);
  const text = rewriteItems(document.text, parseWhole, all);
  if (text === undefined) return undefined;
  const after = readSchedule(text);
  return sameRest(document, after) ? after : undefined;
}

export function parseWhole(text: string) {
  const tree = wholeTree(text, { tokens: true });
  return isTree(tree) ? tree : undefined;
}

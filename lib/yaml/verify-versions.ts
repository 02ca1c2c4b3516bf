import { mayReadDifferently, readDifferently } from "./both-versions.ts";
import type { ScheduleDocument } from "./document.ts";
import { chunkTree, isTree, type Tree, wholeTree } from "./parse-tree.ts";
import { type Progress, TASKS_PER_STEP } from "./progress.ts";
import type { WantedItems } from "./reprint.ts";
import { readSimpleItem } from "./simple-item.ts";
import { chunkOf } from "./task-at.ts";

/** An item in which the edit has written a text that YAML 1.1 reads as another value. */
interface Misread {
  /** The item's number in the new document. */
  number: number;
  source: string;
}

/**
 * Looks whether YAML 1.1 reads what the edit has written as 1.2 does. What stood there before is its author's own: a
 * text counts only where there are more of its kind in the same place. Only the items that the edit changed are read.
 */
export function* misreadByEarlierYaml(
  before: ScheduleDocument,
  after: ScheduleDocument,
  { updated, removed, added }: WantedItems,
): Generator<Progress, Misread | undefined> {
  const [old, now] = [new Items(before), new Items(after)];
  const changed = [...placesAfter(before, updated, removed), ...placesOfAdded(after, added.length)];
  for (const [done, { number, from }] of changed.entries()) {
    if (done % TASKS_PER_STEP === TASKS_PER_STEP - 1) yield { done, total: changed.length };
    const written = now.differing(number);
    if (written.length === 0) continue;
    const stood = (from === undefined ? [] : old.differing(from)).map(({ kind }) => kind);
    for (const { kind, source } of written) {
      const at = stood.indexOf(kind);
      if (at === -1) return { number, source };
      stood.splice(at, 1);
    }
  }
  return undefined;
}

/** Where an item stands in the new document, and where it stood before. */
interface Place {
  number: number;
  from?: number;
}

function placesAfter(
  { parts: { entries } }: ScheduleDocument,
  updated: ReadonlyMap<number, unknown>,
  removed: ReadonlySet<number>,
): Place[] {
  if (removed.size === 0) return [...updated.keys()].map((from) => ({ number: from, from }));
  const stay = entries.map((_, from) => from).filter((from) => !removed.has(from));
  return stay.flatMap((from, number) => (updated.has(from) ? [{ number, from }] : []));
}

function placesOfAdded({ parts: { entries } }: ScheduleDocument, count: number): Place[] {
  return Array.from({ length: count }, (_, index) => ({ number: entries.length - count + index }));
}

/** The items of a document, parsed one at a time where that is possible. */
class Items {
  private tree: Tree | undefined;

  constructor(private readonly document: ScheduleDocument) {}

  differing(number: number) {
    const { text, parts } = this.document;
    if (parts.layout) {
      const chunk = chunkOf(this.document, number);
      const simple = readSimpleItem(chunk);
      if (simple && !mayReadDifferently(simple.json)) return [];
      const tree = chunkTree(chunk);
      return readDifferently(tree?.seq.items[0] ?? null);
    }
    const parsed = this.tree ?? wholeTree(text);
    if (isTree(parsed)) this.tree = parsed;
    return readDifferently(this.tree?.seq.items[number] ?? null);
  }
}

import type { Json } from "../json.ts";
import { operationsFor } from "./operations.ts";
import { spliceOperation } from "./splice-operation.ts";
import { jsonOf } from "./json-of.ts";
import { itemSlot, type Splice } from "./slot.ts";
import { styleOf } from "./style.ts";
import type { Tree } from "./parse-tree.ts";

/** More rounds than any sensible edit needs; an edit that is not finished after them is given up. */
const MAX_ROUNDS = 200;

/**
 * Rewrites the text until its items have the wanted values; undefined when splicing cannot do that. Each
 * round parses the text, compares every item with its wanted value, and splices the differences: values in
 * place, or else one change of structure for each item. So the result is verified by parsing, and an item
 * that changed because it shares an anchor with another is corrected in the next round.
 * @param isReached a faster way to tell that the text has the wanted values.
 */
export function rewriteItems(
  start: string,
  parse: (text: string) => Tree | undefined,
  wanted: readonly Json[],
  { file = start, isReached }: { file?: string; isReached?: (text: string) => boolean } = {},
): string | undefined {
  let text = start;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (round > 0 && isReached?.(text)) return text;
    const tree = parse(text);
    if (tree?.seq.items.length !== wanted.length) return undefined;
    const style = styleOf(text, file);
    const splices: Splice[] = [];
    for (const [number, item] of tree.seq.items.entries()) {
      const actual = jsonOf(item, tree.aliases).value;
      const goal = wanted[number] ?? null;
      const operations = operationsFor(actual, goal);
      if (operations.length === 0) continue;
      const slot = itemSlot(tree.seq, number);
      if (!slot) return undefined;
      const steps = operations.map((operation) =>
        spliceOperation(tree, slot, operation, actual, goal, style),
      );
      const inPlace = steps.filter((step) => step?.inPlace);
      const chosen = inPlace.length > 0 ? inPlace : steps.slice(0, 1);
      for (const step of chosen) {
        if (!step || step.splices.length === 0) return undefined;
        splices.push(...step.splices);
      }
    }
    if (splices.length === 0) return text;
    text = applySplices(text, splices);
  }
  return undefined;
}

/**
 * Applies splices in order. Of two that overlap, only the first is applied; the other is left for a later
 * round.
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: string[] = [];
  let done = 0;
  let inserted = -1;
  for (const { start, end, text: replacement } of ordered) {
    if (start < done || (start === end && start === inserted)) continue;
    pieces.push(text.slice(done, start), replacement);
    done = end;
    if (start === end) inserted = start;
  }
  pieces.push(text.slice(done));
  return pieces.join("");
}

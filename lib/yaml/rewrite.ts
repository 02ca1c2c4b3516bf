import type { Json } from "../json.ts";
import { operationsFor } from "./operations.ts";
import { perform } from "./perform.ts";
import { plainOf } from "./plain.ts";
import { itemSlot, type Splice } from "./slot.ts";
import { styleOf } from "./style.ts";
import type { Tree } from "./tree.ts";

/** More rounds than any sensible edit takes; an edit that does not settle is given up. */
const MAX_ROUNDS = 200;

/**
 * The text with its items saying what is wanted, or undefined where splicing does not get there. Each
 * round parses the text, compares every item with what is wanted of it and splices the differences:
 * so the result is verified by parsing, and an item that changed with another (they shared an
 * anchor) is set right in the round after. `says` may tell sooner that the text says what is wanted. Per round and item, either values in place or one change of structure.
 */
export function rewriteItems(
  start: string,
  parse: (text: string) => Tree | undefined,
  wanted: readonly Json[],
  { file = start, says }: { file?: string; says?: (text: string) => boolean } = {},
): string | undefined {
  let text = start;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (round > 0 && says?.(text)) return text;
    const tree = parse(text);
    if (tree?.seq.items.length !== wanted.length) return undefined;
    const style = styleOf(text, file);
    const splices: Splice[] = [];
    for (const [number, item] of tree.seq.items.entries()) {
      const actual = plainOf(item, tree.aliases).value;
      const goal = wanted[number] ?? null;
      const operations = operationsFor(actual, goal);
      if (operations.length === 0) continue;
      const slot = itemSlot(tree.seq, number);
      if (!slot) return undefined;
      const steps = operations.map((operation) => perform(tree, slot, operation, actual, goal, style));
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

/** Applies splices in order; of two that overlap only the first (the other is left for a later round). */
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

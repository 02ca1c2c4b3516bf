import { type Node, visit } from "yaml";
import type { ScheduleDocument } from "./document.ts";
import { chunkTree, isTree, wholeTree } from "./parse-tree.ts";
import { lineBreak } from "./position.ts";
import type { Progress } from "./progress.ts";
import { chunkOf } from "./task-at.ts";
import { reread } from "./update-items.ts";

/**
 * Ends the text with a line break where an edit has left it without one behind a block of lines (`|`): some readers
 * leave the last line break of the value out where the text has none. A block that stood there before is its author's.
 */
export function* withEndOfText(
  before: ScheduleDocument,
  after: ScheduleDocument,
): Generator<Progress, ScheduleDocument> {
  const block = lastBlock(after);
  if (block === undefined || before.text.endsWith(block)) return after;
  const eol = lineBreak(after.text);
  const end = after.text.length;
  const ended = yield* reread(after, after.text + eol, [{ start: end, end, length: eol.length }]);
  return ended ?? after;
}

/** The text of the block of lines with which the text ends, where no line break ends it. */
function lastBlock(document: ScheduleDocument): string | undefined {
  const { text, parts } = document;
  if (text.endsWith("\n") || !/[|>]/.test(text)) return undefined;
  const { layout } = parts;
  const number = parts.entries.length - 1;
  const isInItem = layout !== undefined && layout.end === text.length && number >= 0;
  const source = isInItem ? chunkOf(document, number) : text;
  const tree = isInItem ? chunkTree(source) : wholeTree(source);
  if (!tree || !isTree(tree)) return undefined;
  let found: string | undefined;
  visit(tree.root as Node, {
    Scalar(_, { type, range, value }) {
      const isBlock = type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED";
      if (isBlock && range?.[1] === source.length && String(value).endsWith("\n"))
        found = source.slice(range[0]);
    },
  });
  return found;
}

import { EMPTY_INDEX, indexTasks, ScheduleDocument } from "./document.ts";
import { type Entry, entryOf } from "./entry.ts";
import { readItem } from "./read-item.ts";
import { positionOf } from "./position.ts";
import { type Progress, TASKS_PER_STEP } from "./progress.ts";
import { isTree, type Tree, wholeTree } from "./parse-tree.ts";

/** Reads any file in one piece, and keeps the values of its tasks. */
export function* readInOnePiece(text: string): Generator<Progress, ScheduleDocument> {
  const tree = wholeTree(text);
  if (!isTree(tree)) return new ScheduleDocument(text, { fatal: tree, entries: [], index: EMPTY_INDEX });
  return yield* readTree(tree);
}

function* readTree(tree: Tree): Generator<Progress, ScheduleDocument> {
  const { text, seq, aliases } = tree;
  const entries: Entry[] = [];
  const where = new PositionCounter(text);
  for (const [number, item] of seq.items.entries()) {
    const reading = readItem(item, aliases);
    const position = where.positionOf(reading.start);
    entries.push({ ...entryOf(reading, text, 0), whole: { json: reading.json, ...position } });
    if (number % TASKS_PER_STEP === TASKS_PER_STEP - 1) yield { done: number + 1, total: seq.items.length };
  }
  return new ScheduleDocument(text, { entries, index: indexTasks(entries) });
}

/** Finds positions of mostly ascending offsets without counting all lines again for each. */
class PositionCounter {
  private lineStart = 0;
  private line = 1;

  constructor(private readonly text: string) {}

  positionOf(offset: number): { line: number; column: number } {
    if (offset < this.lineStart) return positionOf(this.text, offset);
    for (
      let feed = this.text.indexOf("\n", this.lineStart);
      feed !== -1 && feed < offset;
      feed = this.text.indexOf("\n", feed + 1)
    ) {
      this.line += 1;
      this.lineStart = feed + 1;
    }
    const mark = this.lineStart === 0 && this.text.startsWith("\uFEFF") ? 1 : 0;
    return { line: this.line, column: offset - this.lineStart + 1 - mark };
  }
}

import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import type { Layout } from "./layout.ts";
import { lineAt, ownEnd, ownStart } from "./lines.ts";
import { countLines, lineStart } from "./position.ts";
import { columnOf, contentEnd, itemSlot } from "./slot.ts";
import { parseWhole } from "./update-items.ts";

/** The lines of one task, including its own comments. */
export interface TaskText {
  /** 1-based line on which the text begins. */
  line: number;
  text: string;
}

/** The lines of the task in the file; undefined when the document has no valid task with this key. */
export function taskText(document: ScheduleDocument, key: TaskKey): TaskText | undefined {
  return taskTexts(document)(key);
}

/**
 * Does the same for many tasks, and parses a document that was read in one piece at most once for all of
 * them.
 */
export function taskTexts(document: ScheduleDocument): (key: TaskKey) => TaskText | undefined {
  const { layout, index } = document.parts;
  let tree: ReturnType<typeof parseWhole> | null = null;
  return (key) => {
    const number = index.valid.get(key);
    if (number === undefined) return undefined;
    if (layout) return itemLines(document, number, layout);
    tree ??= parseWhole(document.text);
    return tree && wholeLines(tree, number);
  };
}

type WholeTree = NonNullable<ReturnType<typeof parseWhole>>;

/**
 * The lines from the comments above the dash to the item's last line. A comment at the dash's column is not
 * part.
 */
function itemLines(
  document: ScheduleDocument,
  number: number,
  { starts, end: lastEnd, column }: Layout,
): TaskText {
  const { text } = document;
  const [start, limit] = [starts[number] ?? 0, starts[number + 1] ?? lastEnd];
  let end = start;
  for (let at = start; at < limit;) {
    const line = lineAt(text, at);
    if (line.kind === "content" || (line.kind === "comment" && line.column > column)) end = line.end;
    at = line.end;
  }
  const from = ownStart(text, start, column);
  // Lines are counted back from the dash, because counting from the start of a long file takes longer.
  return { line: document.chunkLine(number) - countLines(text, from, start), text: text.slice(from, end) };
}

function wholeLines({ text, seq }: WholeTree, number: number): TaskText | undefined {
  const slot = itemSlot(seq, number);
  const range = seq.items[number]?.range;
  // In brackets several tasks share a line, so that only the text between the commas is this task's.
  if (seq.flow || slot?.indicatorEnd === undefined) return range && slice(text, range[0], range[1]);
  const column = columnOf(seq);
  const start = ownStart(text, lineStart(text, slot.indicatorEnd - 1), column);
  return slice(text, start, ownEnd(text, contentEnd(text, slot), column));
}

function slice(text: string, start: number, end: number): TaskText {
  return { line: countLines(text, 0, start) + 1, text: text.slice(start, end) };
}

import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import type { Layout } from "./layout.ts";
import { lineAt, ownEnd, ownStart } from "./lines.ts";
import { countLines, lineStart } from "./position.ts";
import { columnOf, contentEnd, itemSlot } from "./slot.ts";
import { parseWhole } from "./update.ts";

/** The lines of one task, with the comments that are its own. */
export interface TaskText {
  /** 1-based line on which the text begins. */
  line: number;
  text: string;
}

/** The lines of the task in the file; undefined unless the document has it as a valid one. */
export function taskText(document: ScheduleDocument, key: TaskKey): TaskText | undefined {
  return taskTexts(document)(key);
}

/** The same for many tasks: a document that was read as a whole is parsed at most once for all of them. */
export function taskTexts(document: ScheduleDocument): (key: TaskKey) => TaskText | undefined {
  const { layout, register } = document.parts;
  let tree: ReturnType<typeof parseWhole> | null = null;
  return (key) => {
    const number = register.valid.get(key);
    if (number === undefined) return undefined;
    if (layout) return itemLines(document, number, layout);
    tree ??= parseWhole(document.text);
    return tree && wholeLines(tree, number);
  };
}

type WholeTree = NonNullable<ReturnType<typeof parseWhole>>;

/** From the dash's own comments to the last line that is the item's: what follows at the dash's column is not. */
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
  // Counted back from the dash: counting from the file's first line costs as much as the file is long.
  return { line: document.chunkLine(number) - countLines(text, from, start), text: text.slice(from, end) };
}

function wholeLines({ text, seq }: WholeTree, number: number): TaskText | undefined {
  const slot = itemSlot(seq, number);
  const range = seq.items[number]?.range;
  // In brackets several tasks share a line: only what is between the commas is this one's.
  if (seq.flow || slot?.indicatorEnd === undefined) return range && slice(text, range[0], range[1]);
  const column = columnOf(seq);
  const start = ownStart(text, lineStart(text, slot.indicatorEnd - 1), column);
  return slice(text, start, ownEnd(text, contentEnd(text, slot), column));
}

function slice(text: string, start: number, end: number): TaskText {
  return { line: countLines(text, 0, start) + 1, text: text.slice(start, end) };
}

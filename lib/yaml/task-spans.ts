import { isScalar, type YAMLMap } from "yaml";
import type { ScheduleDocument } from "./document.ts";
import type { Layout } from "./layout.ts";
import { lineAt, ownEnd, ownStart } from "./lines.ts";
import type { Tree } from "./parse-tree.ts";
import { lineStart } from "./position.ts";
import { breakAt, columnOf, contentEnd, itemSlot, pairSlot } from "./slot.ts";
import { parseWhole } from "./update-items.ts";

/** A stretch of the text, `start` up to `end`. */
interface Span {
  start: number;
  end: number;
}

/** Where the tasks stand in the text. */
export interface TaskSpans {
  /**
   * The own lines of item `number`: from the comments directly above its dash to its last line, without the break
   * after it. The last line of a text may have none, and then gets one when a task is added below.
   */
  of(number: number): Span | undefined;
  /** From the colon of `tasks` to the next section, or to the end of the text. */
  list(): Span | undefined;
  /** Column of the dashes; null where the list is in brackets. */
  column: number | null;
}

/** Undefined where the text cannot be parsed. A text that was read in one piece is parsed once more for this. */
export function taskSpans(document: ScheduleDocument): TaskSpans | undefined {
  const { layout } = document.parts;
  if (layout) return spansOfLayout(document.text, layout);
  const tree = parseWhole(document.text);
  return tree && spansOfTree(tree);
}

function spansOfLayout(text: string, { starts, end: lastEnd, column }: Layout): TaskSpans {
  const of = (number: number): Span | undefined => {
    const start = starts[number];
    if (start === undefined) return undefined;
    const limit = starts[number + 1] ?? lastEnd;
    let end = start;
    for (let at = start; at < limit;) {
      const line = lineAt(text, at);
      // A comment at the dash's column or before it is not this task's.
      if (line.kind === "content" || (line.kind === "comment" && line.column > column))
        end = breakAt(text, line.start);
      at = line.end;
    }
    return { start: ownStart(text, start, column), end };
  };
  const list = (): Span | undefined => {
    const head = text.slice(0, starts[0] ?? 0);
    const header = /^\uFEFF?(?:tasks|"tasks"|'tasks')[ \t]*:/m.exec(head);
    return header ? { start: header.index + header[0].length, end: lastEnd } : undefined;
  };
  return { of, list, column };
}

function spansOfTree(tree: Tree): TaskSpans {
  const { text, seq } = tree;
  const of = (number: number): Span | undefined => {
    const slot = itemSlot(seq, number);
    const range = seq.items[number]?.range;
    // In brackets several tasks share a line, so only the text between the commas is this task's.
    if (seq.flow || slot?.indicatorEnd === undefined) return range && { start: range[0], end: range[1] };
    const column = columnOf(seq);
    const start = ownStart(text, lineStart(text, slot.indicatorEnd - 1), column);
    return { start, end: breakAt(text, ownEnd(text, contentEnd(text, slot), column) - 1) };
  };
  return { of, list: () => listOfTree(tree), column: seq.flow ? null : columnOf(seq) };
}

function listOfTree({ text, root, tasksPair }: Tree): Span | undefined {
  const map = root as YAMLMap;
  const slot = tasksPair && pairSlot(map, tasksPair);
  if (!slot || slot.indicatorEnd === undefined) return undefined;
  const next = map.items[map.items.indexOf(tasksPair as never) + 1];
  const key = next && isScalar(next.key) ? next.key.range?.[0] : undefined;
  if (next && key === undefined) return undefined;
  if (key !== undefined) {
    const line = lineStart(text, key);
    return { start: slot.indicatorEnd, end: text.slice(line, key).trim() === "" ? line : key };
  }
  const from = slot.value?.range?.[1] ?? slot.indicatorEnd;
  const mark = /^(?:\.\.\.|---)(?=\s|$)/m.exec(text.slice(from));
  return { start: slot.indicatorEnd, end: mark ? from + mark.index : text.length };
}

import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import { countLines, lineEnd } from "./position.ts";
import { type TaskSpans, taskSpans } from "./task-spans.ts";

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
  const { text, parts } = document;
  let spans: TaskSpans | undefined | null = null;
  return (key) => {
    const number = parts.index.valid.get(key);
    if (number === undefined) return undefined;
    if (spans === null) spans = taskSpans(document);
    const span = spans?.of(number);
    if (!span) return undefined;
    const dash = parts.layout?.starts[number];
    // Lines are counted back from the dash, because counting from the start of a long file takes longer.
    const line =
      dash === undefined
        ? countLines(text, 0, span.start) + 1
        : document.chunkLine(number) - countLines(text, span.start, dash);
    const end = spans?.column === null ? span.end : lineEnd(text, span.end);
    return { line, text: text.slice(span.start, end) };
  };
}

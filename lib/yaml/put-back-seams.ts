import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import type { EarlierText, Seam, Stretch } from "./earlier-text.ts";
import { lineBreak } from "./position.ts";
import type { Splice } from "./slot.ts";
import type { TaskSpans } from "./task-spans.ts";

interface SeamSplices {
  splices: Splice[];
  tasks: Set<TaskKey>;
}

/**
 * The splices that close or open the seams of a run again. Where a seam is as the run left it, the text between its
 * two tasks becomes what it was. Elsewhere the lines of a removed task go after the task that stood above it, or
 * before the one below it, or to the end.
 */
export function seamSplices(
  document: ScheduleDocument,
  spans: TaskSpans,
  earlier: EarlierText,
  keys: ReadonlySet<TaskKey>,
): SeamSplices {
  const found: SeamSplices = { splices: [], tasks: new Set() };
  const inserted = new Map<number, string>();
  for (const seam of earlier.seams) {
    const splice = wholeSeam(document, spans, earlier, seam, keys);
    if (splice) {
      found.splices.push(splice);
      for (const key of [...seam.before.tasks, ...(seam.after?.tasks ?? [])]) found.tasks.add(key);
      continue;
    }
    for (const [number, key] of seam.before.tasks.entries()) {
      const lines = ownLines(earlier.tasks.get(key)?.before);
      if (!keys.has(key) || document.has(key) || lines === null) continue;
      const place = placeOf(document, spans, seam, number);
      const text = place && fitting(document, spans, lines, seam, number, place.isAfter);
      if (!place || text === undefined) continue;
      inserted.set(place.at, (inserted.get(place.at) ?? "") + text);
      found.tasks.add(key);
    }
  }
  for (const [at, text] of inserted) found.splices.push({ start: at, end: at, text });
  return found;
}

/** Undefined where the seam is not as the run left it, or not all of its tasks are put back. */
function wholeSeam(
  { text, parts }: ScheduleDocument,
  spans: TaskSpans,
  earlier: EarlierText,
  seam: Seam,
  keys: ReadonlySet<TaskKey>,
): Splice | undefined {
  const { above, below, before, after } = seam;
  if (!after || ![...before.tasks, ...after.tasks].every((key) => keys.has(key))) return undefined;
  const spanOf = (key: TaskKey) => spans.of(parts.index.valid.get(key) ?? -1);
  const list = spans.list();
  const start = above === null ? list?.start : spanOf(above)?.end;
  const end = below === null ? list?.end : spanOf(below)?.start;
  const then = textOf(before, (key) => ownLines(earlier.tasks.get(key)?.before));
  const left = textOf(after, (key) => ownLines(earlier.tasks.get(key)?.after));
  if (start === undefined || end === undefined || then === undefined || left === undefined) return undefined;
  return text.slice(start, end) === left ? { start, end, text: then } : undefined;
}

function textOf({ tasks, gaps }: Stretch, linesOf: (key: TaskKey) => string | null): string | undefined {
  let text = gaps[0] ?? "";
  for (const [number, key] of tasks.entries()) {
    const lines = linesOf(key);
    if (lines === null) return undefined;
    text += lines + (gaps[number + 1] ?? "");
  }
  return text;
}

interface Place {
  at: number;
  /** Whether it is after a task, or before one. */
  isAfter: boolean;
}

/** Undefined where the list has no task any more. */
function placeOf(
  { parts }: ScheduleDocument,
  spans: TaskSpans,
  { above, below, before }: Seam,
  number: number,
): Place | undefined {
  const spanOf = (key: TaskKey | null) =>
    key === null ? undefined : spans.of(parts.index.valid.get(key) ?? -1);
  for (const key of [...before.tasks.slice(0, number).reverse(), above]) {
    const span = spanOf(key);
    if (span) return { at: span.end, isAfter: true };
  }
  for (const key of [...before.tasks.slice(number + 1), below]) {
    const span = spanOf(key);
    if (span) return { at: span.start, isAfter: false };
  }
  const last = spans.of(parts.entries.length - 1);
  return last && { at: last.end, isAfter: true };
}

/** The lines with the blank lines that parted them from their neighbour; undefined where they do not fit the list. */
function fitting(
  { text }: ScheduleDocument,
  { column }: TaskSpans,
  lines: string,
  { above, before: { gaps } }: Seam,
  number: number,
  isAfter: boolean,
): string | undefined {
  if (column === null) return isAfter ? `, ${lines}` : `${lines}, `;
  const dash = /^( *)- */m.exec(lines.replace(/^[ \t]*#.*\n/gm, ""));
  if (dash?.[1]?.length !== column) return undefined;
  // Each gap begins with the break of the line above it.
  const gap = gaps[isAfter ? number : number + 1] ?? "";
  const blanks = (pattern: RegExp) => pattern.exec(gap)?.[1] ?? "";
  // The gap above the first task of the list begins in the line of `tasks:`, and says nothing of a neighbour.
  if (isAfter && above === null && number === 0) return lineBreak(text) + lines;
  if (isAfter) return lineBreak(text) + blanks(/\n((?:[ \t]*\r?\n)*)$/) + lines;
  return lines + lineBreak(text) + blanks(/^\r?\n((?:[ \t]*\r?\n)*)/);
}

/** Kept lines without the break after the last of them. */
export function ownLines(kept: string | null | undefined): string | null {
  return kept?.replace(/\r?\n$/, "") ?? null;
}

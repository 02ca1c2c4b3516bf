import { type SequenceEdit, sequenceEdits } from "../sequence-edits.ts";

type LineEdit = SequenceEdit<string>;

/** Texts with more lines are not compared, because the time grows with the square of their number. */
const MOST_LINES = 1_000;

/**
 * The base with the edits of both texts, line by line; undefined where both edited the same lines in different
 * ways.
 */
export function mergeLines(base: string, one: string, other: string): string | undefined {
  if (one === base || one === other) return other;
  if (other === base) return one;
  const [lines, first, second] = [base, one, other].map(linesOf) as [string[], string[], string[]];
  if ([lines, first, second].some(({ length }) => length > MOST_LINES)) return undefined;
  const edits = [...sequenceEdits(lines, first), ...sequenceEdits(lines, second)].sort(
    (a, b) => a.from - b.from || a.to - b.to,
  );
  const merged: string[] = [];
  let done = 0;
  let last: LineEdit | undefined;
  for (const edit of edits) {
    if (last && sameEdit(last, edit)) continue;
    if (last && (edit.from < last.to || edit.from === last.from)) return undefined;
    merged.push(...lines.slice(done, edit.from), ...edit.fresh);
    done = edit.to;
    last = edit;
  }
  return [...merged, ...lines.slice(done)].join("");
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function sameEdit(a: LineEdit, b: LineEdit): boolean {
  return a.from === b.from && a.to === b.to && a.fresh.join("") === b.fresh.join("");
}

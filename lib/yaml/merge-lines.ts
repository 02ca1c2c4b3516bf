/** Replaces lines `from` up to `to` of the base. */
interface LineEdit {
  from: number;
  to: number;
  lines: string[];
}

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
  const edits = [...editsOf(lines, first), ...editsOf(lines, second)].sort(
    (a, b) => a.from - b.from || a.to - b.to,
  );
  const merged: string[] = [];
  let done = 0;
  let last: LineEdit | undefined;
  for (const edit of edits) {
    if (last && sameEdit(last, edit)) continue;
    if (last && (edit.from < last.to || edit.from === last.from)) return undefined;
    merged.push(...lines.slice(done, edit.from), ...edit.lines);
    done = edit.to;
    last = edit;
  }
  return [...merged, ...lines.slice(done)].join("");
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function sameEdit(a: LineEdit, b: LineEdit): boolean {
  return a.from === b.from && a.to === b.to && a.lines.join("") === b.lines.join("");
}

/** The edits that make `after` of `before`, by their longest common subsequence. */
function editsOf(before: readonly string[], after: readonly string[]): LineEdit[] {
  const common = before.map(() => new Uint32Array(after.length + 1));
  common.push(new Uint32Array(after.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = common[i];
    for (let j = after.length - 1; row && j >= 0; j -= 1)
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const edits: LineEdit[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [from, start] = [i, j];
    while ((i < before.length || j < after.length) && !(i < before.length && before[i] === after[j])) {
      if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) i += 1;
      else j += 1;
    }
    if (i > from || j > start) edits.push({ from, to: i, lines: after.slice(start, j) });
    while (i < before.length && before[i] === after[j]) [i, j] = [i + 1, j + 1];
  }
  return edits;
}

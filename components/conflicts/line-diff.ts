import { diffArrays } from "diff";

export interface DiffLine {
  kind: "same" | "removed" | "added";
  text: string;
  /** The line number, from 1. A removed line is counted in the old text, and every other line in the new text. */
  number: number;
}

/** Tasks that differ in more lines than this are shown as one removed and one added task. */
const MOST_EDITS = 500;

/** The lines of `before` and `after` as one list, with removed lines above added lines. A null text has no lines. */
export function lineDiff(before: string | null, after: string | null, firstLine = 1): DiffLine[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const whole = [
    { value: old, removed: true, added: false },
    { value: fresh, removed: false, added: true },
  ];
  const next = { old: firstLine, fresh: firstLine };
  return (diffArrays(old, fresh, { maxEditLength: MOST_EDITS }) ?? whole).flatMap(
    ({ value, removed, added }) =>
      value.map((text): DiffLine => {
        const [before, after] = [added ? next.old : next.old++, removed ? next.fresh : next.fresh++];
        return removed
          ? { kind: "removed", text, number: before }
          : { kind: added ? "added" : "same", text, number: after };
      }),
  );
}

function linesOf(text: string | null): string[] {
  if (text === null || text === "") return [];
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}

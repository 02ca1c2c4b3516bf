import { commonSubsequence } from "./common-subsequence.ts";

export interface DiffLine {
  kind: "same" | "removed" | "added";
  text: string;
  /** 1-based number in the file: the old one's where removed, else the new one's. */
  number: number;
}

/** The lines of `before` and `after` as one list, what goes standing above what comes; null: no lines at all. */
export function lineDiff(before: string | null, after: string | null, firstLine = 1): DiffLine[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const diff: DiffLine[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...commonSubsequence(old, fresh), [old.length, fresh.length] as const]) {
    for (; i < nextI; i += 1) diff.push({ kind: "removed", text: old[i] ?? "", number: firstLine + i });
    for (; j < nextJ; j += 1) diff.push({ kind: "added", text: fresh[j] ?? "", number: firstLine + j });
    if (i < old.length && j < fresh.length) {
      diff.push({ kind: "same", text: fresh[j] ?? "", number: firstLine + j });
      i += 1;
      j += 1;
    }
  }
  return diff;
}

function linesOf(text: string | null): string[] {
  if (text === null || text === "") return [];
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}

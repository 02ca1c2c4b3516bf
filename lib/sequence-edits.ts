/** Replaces the entries `from` up to `to` of a sequence by fresh ones. */
export interface SequenceEdit<T> {
  from: number;
  to: number;
  fresh: T[];
}

/** A table of more pairs takes too much time and memory; such sequences are edited as a whole. */
const MOST_PAIRS = 4_000_000;

/**
 * The edits that make `after` of `before`, in order, by their longest common subsequence (Hunt and McIlroy, 1976, in
 * its plain form of a table). What is equal at both ends is left out first. Where the rest of both is too long, it is
 * one edit.
 */
export function sequenceEdits<T>(before: readonly T[], after: readonly T[]): SequenceEdit<T>[] {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const old = before.slice(head, before.length - tail);
  const fresh = after.slice(head, after.length - tail);
  if (old.length === 0 && fresh.length === 0) return [];
  const edits =
    old.length * fresh.length > MOST_PAIRS ? [{ from: 0, to: old.length, fresh }] : editsByTable(old, fresh);
  return edits.map((edit) => ({ ...edit, from: edit.from + head, to: edit.to + head }));
}

function editsByTable<T>(before: readonly T[], after: readonly T[]): SequenceEdit<T>[] {
  const common = commonLengths(before, after);
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  const isSame = (i: number, j: number) => i < before.length && j < after.length && before[i] === after[j];
  const edits: SequenceEdit<T>[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [from, start] = [i, j];
    while ((i < before.length || j < after.length) && !isSame(i, j)) {
      if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) i += 1;
      else j += 1;
    }
    if (i > from || j > start) edits.push({ from, to: i, fresh: after.slice(start, j) });
    while (isSame(i, j)) [i, j] = [i + 1, j + 1];
  }
  return edits;
}

/** The length of the longest common subsequence of what follows `before[i]` and `after[j]`, for every pair. */
function commonLengths<T>(before: readonly T[], after: readonly T[]): Uint32Array[] {
  const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = common[i];
    for (let j = after.length - 1; row && j >= 0; j -= 1)
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  return common;
}

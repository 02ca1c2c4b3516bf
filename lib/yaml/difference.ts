/** A stretch of the old text, `start` up to `end`, that became `length` characters. */
export interface Change {
  start: number;
  end: number;
  length: number;
}

const BLOCK = 1 << 16;

/**
 * The smallest single stretch in which the texts differ. It compares slices, because equal slices compare
 * fast.
 */
export function differenceOf(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  const start = commonLength(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const back = (text: string, from: number, to: number) => text.slice(text.length - to, text.length - from);
  const tail = commonLength(shorter - start, (from, to) => back(before, from, to) === back(after, from, to));
  return { start, end: before.length - tail, length: after.length - tail - start };
}

/**
 * The largest n up to `limit` for which `equal(0, n)`: found by blocks, then by halving the block that
 * differs.
 */
function commonLength(limit: number, equal: (from: number, to: number) => boolean): number {
  let from = 0;
  while (from < limit && equal(from, Math.min(limit, from + BLOCK))) from = Math.min(limit, from + BLOCK);
  let to = Math.min(limit, from + BLOCK);
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if (equal(from, middle)) from = middle;
    else to = middle - 1;
  }
  return from;
}

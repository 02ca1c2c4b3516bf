/** Beyond this many pairs nothing is taken for common: nobody reads such a diff piece by piece. */
const MAX_PAIRS = 250_000;

/**
 * Pairs of numbers `[in a, in b]` of a longest common subsequence, ascending (Wagner and Fischer's
 * table, after what both begin and end with is set aside).
 */
export function commonSubsequence(a: readonly string[], b: readonly string[]): [number, number][] {
  const pairs: [number, number][] = [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    pairs.push([start, start]);
    start += 1;
  }
  let tail = 0;
  while (tail < a.length - start && tail < b.length - start && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const [endA, endB] = [a.length - tail, b.length - tail];
  for (const [i, j] of middle(a.slice(start, endA), b.slice(start, endB))) pairs.push([start + i, start + j]);
  for (let n = 0; n < tail; n += 1) pairs.push([endA + n, endB + n]);
  return pairs;
}

function middle(a: readonly string[], b: readonly string[]): [number, number][] {
  if (a.length * b.length > MAX_PAIRS) return [];
  const width = b.length + 1;
  // At i * width + j: the length of the longest one of a[i..] and b[j..].
  const length = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => length[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

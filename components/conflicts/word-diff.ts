/** A piece of a value; `changed` where the other value says something else. */
export interface Part {
  text: string;
  changed: boolean;
}

/** Beyond this many pairs of words the whole value is marked: nobody reads such a diff word by word. */
const MAX_PAIRS = 250_000;

/** Splits into words, numbers, runs of white space and single signs. */
function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

/**
 * The parts of `text` that are not in `other`, word by word: what a longest common subsequence
 * leaves out (Wagner and Fischer's table, after what both begin and end with is set aside).
 */
export function markChanges(text: string, other: string): Part[] {
  if (text === other) return text === "" ? [] : [{ text, changed: false }];
  const [here, there] = [words(text), words(other)];
  let start = 0;
  while (start < here.length && start < there.length && here[start] === there[start]) start += 1;
  let tail = 0;
  while (tail < here.length - start && tail < there.length - start && here.at(-1 - tail) === there.at(-1 - tail)) tail += 1;
  const kept = common(here.slice(start, here.length - tail), there.slice(start, there.length - tail));
  const changed = here.map((_, i) => i >= start && i < here.length - tail && !kept.has(i - start));
  return joined(here, changed);
}

/** Numbers of the words of `a` that stand in a longest common subsequence with `b`. */
function common(a: readonly string[], b: readonly string[]): Set<number> {
  const kept = new Set<number>();
  if (a.length * b.length > MAX_PAIRS) return kept;
  const width = b.length + 1;
  // length[i * width + j]: of the longest one of a[i..] and b[j..].
  const length = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => length[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      kept.add(i);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}

/** Neighbours of a kind become one part; white space between two changed words is part of the change. */
function joined(tokens: readonly string[], changed: readonly boolean[]): Part[] {
  const parts: Part[] = [];
  tokens.forEach((text, i) => {
    const between = /^\s+$/.test(text) && changed[i - 1] === true && changed[i + 1] === true;
    const mark = between || changed[i] === true;
    const last = parts.at(-1);
    if (last?.changed === mark) last.text += text;
    else parts.push({ text, changed: mark });
  });
  return parts;
}

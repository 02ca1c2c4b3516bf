import { commonSubsequence } from "./common-subsequence.ts";

/** A piece of a value; `changed` where the other value says something else. */
export interface Part {
  text: string;
  changed: boolean;
}

/** Splits into words, numbers, runs of white space and single signs. */
function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

/** The parts of `text`, word by word, marked where they are not in `other`. */
export function markChanges(text: string, other: string): Part[] {
  const here = words(text);
  const kept = new Set(commonSubsequence(here, words(other)).map(([i]) => i));
  return joined(
    here,
    here.map((_, i) => !kept.has(i)),
  );
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

import { diffArrays } from "diff";

/** A part of a value. It is `changed` when the other value differs there. */
export interface Part {
  text: string;
  changed: boolean;
}

/** Values that differ in more words than this are marked as a whole, because such a diff is not readable. */
const MOST_EDITS = 500;

/** Splits into words, numbers, runs of white space and single signs. */
export function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

/** The parts of `text`, word by word, marked where they are not in `other`. */
export function markChanges(text: string, other: string): Part[] {
  return joined(markTokens(words(text), words(other)));
}

/**
 * The tokens (words or lines), marked where they are not in `other`. None is marked when `other` is null, and all of
 * them are when the two have too little in common.
 */
export function markTokens(tokens: readonly string[], other: readonly string[] | null): Part[] {
  if (other === null) return tokens.map((text) => ({ text, changed: false }));
  const diff = diffArrays([...other], [...tokens], { maxEditLength: MOST_EDITS });
  if (!diff) return tokens.map((text) => ({ text, changed: true }));
  return diff
    .filter(({ removed }) => !removed)
    .flatMap(({ value, added }) => value.map((text): Part => ({ text, changed: added })));
}

/** Joins neighbours of the same kind; white space between two changed words counts as changed. */
function joined(tokens: readonly Part[]): Part[] {
  const parts: Part[] = [];
  tokens.forEach(({ text, changed }, i) => {
    const between = /^\s+$/.test(text) && tokens[i - 1]?.changed === true && tokens[i + 1]?.changed === true;
    const mark = between || changed;
    const last = parts.at(-1);
    if (last?.changed === mark) last.text += text;
    else parts.push({ text, changed: mark });
  });
  return parts;
}

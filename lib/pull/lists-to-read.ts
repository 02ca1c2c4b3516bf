import { isDoubtful, type ListProgress, movement } from "./list-progress.ts";

/** Lists are read so often, until they show one picture. */
export const MOST_PASSES = 3;

/**
 * The lists that this pass has to read: those of which items moved, and those that lack objects for the first time, since an
 * item that moves from one page to another while both are read is on neither. Empty: the pull proves what it saw.
 * @param lacking lists of which objects are missing.
 */
export function listsToRead(
  lists: ReadonlyMap<string, ListProgress>,
  lacking: ReadonlySet<string>,
  pass: number,
): Set<string> {
  const wanted = new Set<string>();
  for (const [key, list] of lists) {
    const begun = list.pass === pass && !list.done;
    const again =
      list.pass < pass &&
      (movement(list) !== null || (list.pass === 1 && lacking.has(key) && isDoubtful(list)));
    if (begun || again) wanted.add(key);
  }
  return wanted;
}

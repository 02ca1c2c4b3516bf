import { diffArrays } from "diff";

/** The lines, marked where they are not in `against`; none is marked when that is null. */
export function markedLines(
  lines: readonly string[],
  against: readonly string[] | null,
): { line: string; isChanged: boolean }[] {
  if (against === null) return lines.map((line) => ({ line, isChanged: false }));
  return diffArrays([...against], [...lines])
    .filter(({ removed }) => !removed)
    .flatMap(({ value, added }) => value.map((line) => ({ line, isChanged: added })));
}

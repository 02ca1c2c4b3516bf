import { equalJson } from "../json.ts";
import { contentMap } from "../task/content.ts";
import { diffMaps } from "./diff.ts";
import { fieldName, fieldPath, getPath, isWithin } from "./path.ts";
import type { Carried, LoadedCandidate, PlanItem } from "./types.ts";

/** The name under which the creation of the whole task stands among the edits carried. */
const WHOLE_TASK = fieldName([]);

/** The positions of the file's revision that a run finds, and of the revision that it writes. */
export function positionsOfRun(last: number): { found: number; written: number } {
  return { found: last + 1, written: last + 2 };
}

/** The ancestor before the run, and the row as the run found it. */
type Known = Pick<LoadedCandidate, "ancestor" | "row">;

/** The items, whose ancestors then remember which edits of the database the run carries into the file. */
export function withCarried(
  items: readonly PlanItem[],
  known: (key: string) => Known | undefined,
  position: number,
): PlanItem[] {
  return items.map((item) => {
    if (!item.ancestor) return item;
    const carried = carriedAfter(known(item.renamedFrom ?? item.key), item, position);
    return { ...item, ancestor: { ...item.ancestor, carried } };
  });
}

/**
 * What of the task the database has brought into the file, once the item is carried out. What the file has changed
 * since is the file's own again, but where the row says so already: that is how an edit looks that a killed run has
 * brought into the file.
 * @param position the position of the revision that the run writes.
 */
function carriedAfter(known: Known | undefined, item: PlanItem, position: number): Carried {
  const before = known?.ancestor;
  if (item.file?.create || (item.linesBack && item.action === "create")) return { [WHOLE_TASK]: position };
  const agreed =
    before && item.ancestor ? diffMaps(contentMap(before.content), contentMap(item.ancestor.content)) : [];
  // Lines that an undo puts back carry its edits without naming them.
  const brought = item.linesBack ? agreed : (item.file?.edits ?? []);
  const written = brought.filter(({ path }) => !isComputed(item, path));
  const edits = Object.fromEntries(written.map(({ path }) => [fieldName(path), position]));
  // Before this only the file had the task, so all of it is the file's except what a person chose.
  const isNew = item.action === "create" && item.renamedFrom === undefined;
  if (!before || !item.ancestor || isNew) return edits;
  const row = known?.row?.content;
  const inRow = row ? contentMap(row) : {};
  const byFile = agreed.filter(({ path, after }) => !row || !equalJson(getPath(inRow, path), after));
  const changed = [...byFile, ...written];
  const kept = Object.entries(before.carried ?? {}).filter(
    ([name]) => !changed.some(({ path }) => isWithin(pathOf(name), path)),
  );
  return { ...Object.fromEntries(kept), ...edits };
}

/** A next run that was computed is not an edit. */
function isComputed({ computedNextRun }: PlanItem, [top]: readonly string[]): boolean {
  return computedNextRun === true && top === "next_run_at";
}

/** The paths of the edits that were carried into a later revision than this. An empty path is the whole task. */
export function carriedSince(carried: Carried | undefined, position: number): string[][] {
  return Object.entries(carried ?? {})
    .filter(([, at]) => at > position)
    .map(([name]) => pathOf(name));
}

function pathOf(name: string): string[] {
  return name === WHOLE_TASK ? [] : fieldPath(name);
}

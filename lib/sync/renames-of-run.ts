import type { TaskKey } from "../task/task.ts";
import { TASKS_PER_STEP } from "../yaml/progress.ts";
import { decideRename } from "./decide-rename.ts";
import { type FileOrder, findRenames, isNew, type Rename } from "./find-renames.ts";
import { joined, type PlanParts } from "./plan.ts";
import { type ReopenedRename, reopenedRename } from "./reopen-rename.ts";
import type { ResolvedConflict } from "./reopen.ts";
import type { LoadedCandidate, ReconcileOptions } from "./types.ts";
import type { ChangeOfRun } from "./undo.ts";

/** Tasks whose ids may have changed in the file, and all the others. */
export interface Renames {
  renames: Rename[];
  /** New tasks that wait, because the row of a task that is gone cannot be seen now. */
  hidden: TaskKey[];
  others: LoadedCandidate[];
}

export interface KnownOfRenames {
  open: ReadonlyMap<TaskKey, { renamed_to?: TaskKey | null }>;
  order: FileOrder;
  busyGone: boolean;
}

/** Takes the tasks whose ids may have changed out of the candidates. A pair once asked about stays one. */
export function takeRenames(
  candidates: readonly LoadedCandidate[],
  reopened: readonly ReopenedRename[],
  { open, order, busyGone }: KnownOfRenames,
): Renames {
  const asked = new Map(reopened.map(({ from, to }) => [from, to]));
  for (const [key, { renamed_to }] of open) if (renamed_to) asked.set(key, renamed_to);
  const renames = findRenames(candidates, asked, order);
  const paired = new Set(renames.flatMap(({ gone, came }) => [gone.key, came.key]));
  const left = candidates.filter(({ key }) => !paired.has(key));
  const hides = (candidate: LoadedCandidate) => busyGone && isNew(candidate);
  return {
    renames,
    hidden: left.filter(hides).map(({ key }) => key),
    others: left.filter((candidate) => !hides(candidate)),
  };
}

/** The answers to renames that the run to undo has carried out, where they can be asked about again. */
export function renamesToReopen(
  candidates: readonly LoadedCandidate[],
  undo: { resolved: ReadonlyMap<TaskKey, ResolvedConflict>; changes: readonly ChangeOfRun[] } | null,
): ReopenedRename[] {
  const settled = [...(undo?.resolved.values() ?? [])].filter(({ renamed_to }) => renamed_to);
  if (!undo || settled.length === 0) return [];
  const byKey = new Map(candidates.map((candidate) => [candidate.key, candidate]));
  return settled.flatMap((conflict) => reopenedRename(conflict, byKey, undo.changes) ?? []);
}

/** Adds what is decided about the renames, with a pause now and then. */
export function* withRenames(
  parts: PlanParts,
  renames: readonly Rename[],
  reopened: readonly ReopenedRename[],
  options: ReconcileOptions,
): Generator<undefined, PlanParts> {
  const again = new Set(reopened.map(({ from }) => from));
  const { resolutions: _, ...unanswered } = options;
  const decided: PlanParts[] = [];
  for (let start = 0; start < renames.length; start += TASKS_PER_STEP) {
    if (start > 0) yield;
    for (const rename of renames.slice(start, start + TASKS_PER_STEP))
      decided.push(
        again.has(rename.gone.key)
          ? decideRename(rename, { ...unanswered, force: false, fileAbsenceBelieved: true })
          : decideRename(rename, options),
      );
  }
  return joined(parts, ...decided);
}

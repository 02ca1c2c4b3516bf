import type { Problem } from "../problem.ts";
import type { RefusedResolution, RequestedResolution } from "../run/request.ts";
import type { ConflictPolicy } from "../source/settings.ts";
import { NAMES_OF_FILE } from "../source/side-names.ts";
import type { TaskKey } from "../task/task.ts";
import { withCarried } from "./carried.ts";
import { buildPlan, joined, type PlanParts } from "./plan.ts";
import { decidedByPolicy, policyResolutions } from "./policy.ts";
import type { FileOrder } from "./find-renames.ts";
import { reconcileInSteps } from "./reconcile.ts";
import { renamesToReopen, takeRenames, withRenames } from "./renames-of-run.ts";
import type { ReopenedRename } from "./reopen-rename.ts";
import { keepsRow, reopened, type ResolvedConflict } from "./reopen.ts";
import type { Conflict, LoadedCandidate, Plan, ReconcileOptions, Resolution, SideTask } from "./types.ts";
import { asRollback, type ChangeOfRun, type Rollback, withRollback } from "./undo.ts";
import { undoneParts } from "./undone-parts.ts";

/** A conflict that is stored and waits for a person. */
export interface OpenConflict {
  id: string;
  task_id: TaskKey;
  revision: string;
  /** Of a rename: the id under which the file's task stands now. */
  renamed_to?: TaskKey | null;
}

/** The run to undo. */
export interface UndoneRun {
  changes: readonly ChangeOfRun[];
  /** The conflicts that it resolved, by task. */
  resolved: ReadonlyMap<TaskKey, ResolvedConflict>;
  /** The time of the undo (ISO 8601), which is the stamp of the tasks that are put back. */
  at: string;
  /**
   * What the file would say of tasks with their lines of before the run put back; undefined: it would not have the task.
   * Tasks whose lines cannot be put back are missing.
   */
  recalled: ReadonlyMap<TaskKey, SideTask | undefined>;
}

/** Everything on which a run's decision depends. */
export interface DecisionInput {
  candidates: readonly LoadedCandidate[];
  /** Tasks whose row another transaction is editing. They are not among the candidates. */
  busy: readonly TaskKey[];
  /** Whether one of these is gone from the file, so that it may be a task that came there under another id. */
  busyGone: boolean;
  order: FileOrder;
  /** False where the file has items without an id of their own, so that no absence in it proves anything. */
  everyItemIdentified: boolean;
  open: ReadonlyMap<TaskKey, OpenConflict>;
  undo: UndoneRun | null;
  resolutions: readonly RequestedResolution[];
  policy: ConflictPolicy;
  /** The position of the file's revision that the run writes, if it writes one. */
  position: number;
  options: Omit<ReconcileOptions, "resolutions">;
}

export interface RunDecision {
  plan: Plan;
  problems: Problem[];
  /** New conflicts that the source's policy resolved at once. */
  decidedByPolicy: Conflict[];
  refused: RefusedResolution[];
  /** Tasks whose change a person asked for, by a resolution or an undo. */
  asked: Set<TaskKey>;
  /** True when a task is missing from the file. A second read must confirm that before it counts as deleted. */
  mustReadAgain: boolean;
}

const NOTHING_CHANGED: Problem = {
  code: "run_failed",
  message: "The run wrote none of these tasks on either side, so there is nothing to put back",
};

/**
 * Decides what a run does about the candidates. It pauses now and then, so that the caller can let other work
 * go on.
 */
export function* decideInSteps(input: DecisionInput): Generator<undefined, RunDecision> {
  const { candidates, busy, open, options, everyItemIdentified } = input;
  const reopenedRenames = renamesToReopen(candidates, input.undo);
  const rollback = rollbackOf(input, reopenedRenames);
  const { resolutions, refused } = stillOpen(input);
  const notUndone = rollback.candidates.filter(({ key }) => !rollback.wanted.has(key));
  const { renames, hidden, others } = takeRenames(notUndone, reopenedRenames, input);
  const ofOthers = new Map(resolutions);
  for (const { gone } of renames) ofOthers.delete(gone.key);
  const reconcile = (chosen: ReadonlyMap<TaskKey, Resolution>) =>
    reconcileInSteps(others, { ...options, resolutions: chosen });

  const found = yield* reconcile(ofOthers);
  // Conflicts that an undo brings back are left to the person who asked for the undo.
  const byPolicy = policyResolutions(found.conflicts, input.undo ? "ask" : input.policy, (key) =>
    open.has(key),
  );
  const decided = byPolicy.size > 0 ? yield* reconcile(new Map([...ofOthers, ...byPolicy])) : found;
  const recalled = input.undo?.recalled ?? new Map<TaskKey, SideTask | undefined>();
  const parts = yield* withRenames(
    joined(decided, yield* undoneParts(rollback, recalled, options)),
    renames,
    reopenedRenames,
    { ...options, resolutions },
  );

  const pending = new Map(parts.pending);
  // Without this a run would look at the row again only after another edit, and its problem would be forgotten.
  for (const { key, database } of candidates) if (database === "held") pending.set(key, "held");
  for (const key of [...busy, ...hidden]) pending.set(key, "busy");
  const byKey = new Map(candidates.map((candidate) => [candidate.key, candidate]));
  const items = withCarried(
    [
      ...withRollback(parts.items, parts.conflicts, rollback, byKey, recalled),
      ...reopenedRenames.flatMap(({ items }) => items),
    ],
    (key) => byKey.get(key),
    input.position,
  );
  const renamedBack = reopenedRenames.map(({ from }) => from);
  const asked = new Set([
    ...resolutions.keys(),
    ...rollback.wanted.keys(),
    ...rollback.reopened.keys(),
    ...renamedBack,
  ]);
  // Who answers about one id decides about both.
  for (const { gone, came } of renames) if (asked.has(gone.key)) asked.add(came.key);
  return {
    plan: buildPlan({ ...parts, items, pending }),
    problems: [...rollback.problems, ...parts.problems],
    decidedByPolicy: decidedByPolicy(found.conflicts, parts, byPolicy),
    refused: [...refused, ...refusals(parts, input.resolutions)],
    asked,
    mustReadAgain: everyItemIdentified && [...pending.values()].includes("unbelieved"),
  };
}

function rollbackOf(
  { candidates: all, undo, options }: DecisionInput,
  reopenedRenames: readonly ReopenedRename[],
): Rollback {
  const { ownership, names = NAMES_OF_FILE } = options;
  const renamed = new Set(reopenedRenames.flatMap(({ from, to }) => [from, to]));
  const candidates = all.filter(({ key }) => !renamed.has(key));
  const undone = { changes: undo?.changes ?? [], at: undo?.at ?? "", ownership, names };
  const rollback = asRollback(candidates, undone, {
    reopen: (candidate, left) => {
      const conflict = undo?.resolved.get(candidate.key);
      return conflict && reopened(conflict, left, candidate, { ...options, fileAbsenceBelieved: true });
    },
    keptRow: (candidate) => {
      const conflict = undo?.resolved.get(candidate.key);
      return conflict !== undefined && keepsRow(conflict, candidate);
    },
  });
  rollback.candidates.push(...reopenedRenames.flatMap((rename) => rename.candidates));
  if (undo?.changes.length === 0) rollback.problems.push(NOTHING_CHANGED);
  return rollback;
}

/** The resolutions of open conflicts, and the refusals of the other resolutions. */
function stillOpen({ resolutions: requested, busy, open }: DecisionInput) {
  const resolutions = new Map<TaskKey, Resolution>();
  const refused: RefusedResolution[] = [];
  for (const { conflict_id, task_id, ...resolution } of requested) {
    if (busy.includes(task_id)) {
      const message = "This row is being edited in the database right now; try again";
      refused.push({ conflict_id, code: "unavailable", message });
    } else if (open.get(task_id)?.id === conflict_id) resolutions.set(task_id, resolution);
    else refused.push({ conflict_id, code: "conflict_closed", message: "This conflict is no longer open" });
  }
  return { resolutions, refused };
}

function refusals(plan: PlanParts, requested: readonly RequestedResolution[]): RefusedResolution[] {
  return requested.flatMap(({ conflict_id, task_id }): RefusedResolution[] => {
    const code = plan.refused.get(task_id);
    if (!code) return [];
    const invalid = plan.problems.find((problem) => problem.task_id === task_id);
    const message = {
      stale_conflict: "One side has changed since you looked; look again",
      conflict_closed: "Both sides agree now; nothing is left to resolve",
      invalid_task: invalid?.message ?? "The chosen values do not make a valid task",
    }[code];
    return [{ conflict_id, code, message }];
  });
}

import type { OpenConflict } from "../sync/decide.ts";
import type { Answer, PendingReason, Plan } from "../sync/types.ts";
import type { TaskKey } from "../task/task.ts";
import type { RequestedResolution } from "./request.ts";

export interface SavedConflicts {
  detected: OpenConflict[];
  /** Open conflicts whose content has changed. */
  refreshed: OpenConflict[];
}

export interface ClosedConflict {
  id: string;
  /** Null when the sides agreed without a choice. */
  choice: Answer | null;
  by: string;
}

/**
 * Tells of a task that the run looked at whether it has left its conflict. The task must be readable and believed on
 * both sides, and without a conflict in the plan. What waits only for a run in the other direction was read and is no
 * disagreement.
 * @param left tasks that the run could not carry to a side.
 */
export function conflictsOver(
  { conflicts, pending }: Pick<Plan, "conflicts" | "pending">,
  left: ReadonlyMap<TaskKey, PendingReason>,
): (key: TaskKey) => boolean {
  const still = new Set(conflicts.map(({ key }) => key));
  return (key) => !still.has(key) && !left.has(key) && (pending.get(key) ?? "direction") === "direction";
}

/**
 * The open conflicts that this run closed.
 * @param isOver whether this run looked at the task and found that it has left its conflict.
 * @param resolutions the choices that were applied. A conflict that ended without one was no person's choice.
 */
export function closedConflicts(
  open: Iterable<OpenConflict>,
  isOver: (key: TaskKey) => boolean,
  resolutions: readonly Pick<RequestedResolution, "conflict_id" | "choice">[],
  by: string,
): ClosedConflict[] {
  const chosen = new Map(resolutions.map(({ conflict_id, choice }) => [conflict_id, choice]));
  return [...open]
    .filter(({ task_id }) => isOver(task_id))
    .map(({ id }) => ({ id, choice: chosen.get(id) ?? null, by: chosen.has(id) ? by : "lockstep" }));
}

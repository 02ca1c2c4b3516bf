import type { OpenConflict } from "../sync/decide.ts";
import type { Choice, Conflict } from "../sync/types.ts";
import type { TaskKey } from "../task/task.ts";
import type { RequestedResolution } from "./request.ts";

/** A conflict ready to be stored: it says when and by whom each side was changed. */
export interface FoundConflict extends Conflict {
  fileModifiedAt: string | null;
  databaseUpdatedBy: string | null;
}

export interface SavedConflicts {
  detected: OpenConflict[];
  /** Open conflicts whose content has changed. */
  refreshed: OpenConflict[];
}

export interface ClosedConflict {
  id: string;
  /** Null when the sides agreed without a choice. */
  choice: Choice | null;
  by: string;
}

/**
 * The open conflicts that this run closed.
 * @param isOver whether this run looked at the task, could read it, and found it neither pending nor in conflict.
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

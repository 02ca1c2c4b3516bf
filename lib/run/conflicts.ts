import type { OpenConflict } from "../sync/decide.ts";
import type { Choice, Conflict } from "../sync/types.ts";
import type { TaskKey } from "../task/task.ts";
import type { RequestedResolution } from "./request.ts";

/** A conflict with when and by whom each side was changed, ready to be stored. */
export interface FoundConflict extends Conflict {
  fileModifiedAt: string | null;
  databaseUpdatedBy: string | null;
}

export interface SavedConflicts {
  detected: OpenConflict[];
  /** Conflicts that show something else now. */
  refreshed: OpenConflict[];
}

export interface ClosedConflict {
  id: string;
  /** Null when the sides came to agree by themselves. */
  choice: Choice | null;
  by: string;
}

/**
 * The open conflicts that this run closed.
 * @param isOver whether a task was looked at, is readable, waits for nothing and has no conflict any more.
 */
export function closedConflicts(
  open: Iterable<OpenConflict>,
  isOver: (key: TaskKey) => boolean,
  resolutions: readonly RequestedResolution[],
  by: string,
): ClosedConflict[] {
  const chosen = new Map(resolutions.map(({ conflict_id, choice }) => [conflict_id, choice]));
  return [...open]
    .filter(({ task_id }) => isOver(task_id))
    .map(({ id }) => ({ id, choice: chosen.get(id) ?? null, by: chosen.has(id) ? by : "lockstep" }));
}

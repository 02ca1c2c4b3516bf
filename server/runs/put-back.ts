import { withoutLost } from "../../lib/sync/put-back.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import type { StoredAncestor } from "../store/ancestors.ts";
import type { CurrentRun } from "./current-run.ts";
import type { LockedRows } from "./read-rows.ts";

/** Whether the halt whose tasks are to be put back is over, or another one is there by now. */
export function isHaltOver({ work, instructions: { putBack } }: CurrentRun): boolean {
  return putBack !== null && work.source.halt?.plan_hash !== putBack;
}

/** What both sides agreed on; where lost tasks are to be put back, these are left out. */
export function agreedFor(
  { work, instructions }: CurrentRun,
  ancestors: ReadonlyMap<TaskKey, StoredAncestor>,
  { tasks }: Snapshot,
  { rows }: LockedRows,
): ReadonlyMap<TaskKey, StoredAncestor> {
  const lost = work.source.halt?.lost ?? [];
  if (instructions.putBack === null || lost.length === 0) return ancestors;
  return withoutLost(
    ancestors,
    lost.map(({ task_id }) => task_id),
    (key) => ({ file: tasks.has(key) || tasks.held.has(key), database: rows.has(key) }),
  );
}

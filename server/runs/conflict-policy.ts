import type { Conflict, Plan, Resolution } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { ConflictPolicy } from "../../lib/source/settings.ts";
import type { OpenConflict } from "../store/conflicts.ts";
import type { ChosenRequests } from "./choose-requests.ts";

/**
 * The resolutions that the source's policy gives conflicts at the moment they are found. One that
 * stands open waits for a person, whatever the policy has become; and what an undo brings back is
 * for whoever undid it.
 */
export function policyResolutions(
  plan: Plan,
  policy: ConflictPolicy,
  open: ReadonlyMap<TaskKey, OpenConflict>,
  { options }: ChosenRequests,
): Map<TaskKey, Resolution> {
  if (policy === "ask" || options.reverts !== undefined) return new Map();
  const found = plan.conflicts.filter(({ key }) => !open.has(key));
  return new Map(found.map(({ key, revision }) => [key, { choice: policy, revision }]));
}

/** The conflicts of the plan without the policy that are none with it. */
export function decidedBy(
  before: readonly Conflict[],
  after: Plan,
  resolutions: ReadonlyMap<TaskKey, Resolution>,
): Conflict[] {
  const left = new Set(after.conflicts.map(({ key }) => key));
  return before.filter(({ key }) => resolutions.has(key) && !left.has(key) && !after.pending.has(key));
}

import type { ConflictPolicy } from "../source/settings.ts";
import type { TaskKey } from "../task/task.ts";
import type { Conflict, Resolution } from "./types.ts";
import type { PlanParts } from "./plan.ts";

/**
 * The resolutions that the source's policy gives to conflicts at the moment they are found. A conflict that is
 * open already waits for a person, even when the policy has changed since. So does one that is there only because an
 * older version of the file came back: no person made these edits. So does a task that may have been renamed: no rule can
 * know whether it was.
 */
export function policyResolutions(
  found: readonly Conflict[],
  policy: ConflictPolicy,
  isOpen: (key: TaskKey) => boolean,
): Map<TaskKey, Resolution> {
  if (policy === "ask") return new Map();
  const fresh = found.filter(({ key, olderFile }) => !isOpen(key) && !olderFile);
  return new Map(fresh.map(({ key, revision }) => [key, { choice: policy, revision }]));
}

/** The conflicts that the policy's resolutions ended. */
export function decidedByPolicy(
  found: readonly Conflict[],
  after: PlanParts,
  resolutions: ReadonlyMap<TaskKey, Resolution>,
): Conflict[] {
  const left = new Set(after.conflicts.map(({ key }) => key));
  return found.filter(({ key }) => resolutions.has(key) && !left.has(key) && !after.pending.has(key));
}

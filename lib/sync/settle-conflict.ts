import { resolve, type Resolved, type ThreeContents } from "./resolution.ts";
import type { TaskDecision } from "./task-decision.ts";
import type { Conflict, ReconcileOptions } from "./types.ts";

/**
 * Keeps the conflict, with its task held on both sides, unless there is a resolution for exactly this conflict.
 * `carryOut` then makes a decision of the resolved content, which is null for a deleted task.
 */
export function settleConflict(
  conflict: Conflict,
  said: ThreeContents,
  options: ReconcileOptions,
  carryOut: (content: (Resolved & { ok: true })["content"]) => TaskDecision,
): TaskDecision {
  const stays: TaskDecision = { conflict, pending: "conflict" };
  const resolution = options.resolutions?.get(conflict.key);
  if (!resolution) return stays;
  if (resolution.revision !== undefined && resolution.revision !== conflict.revision) {
    // A side has changed since the person looked, so they have to see the change first.
    return { ...stays, resolution: { refused: "stale_conflict" } };
  }
  const resolved = resolve({ ...said, fields: conflict.fields }, resolution);
  if (!resolved.ok) return { ...stays, resolution: { refused: "invalid_task", errors: resolved.errors } };
  return { ...carryOut(resolved.content), resolution: "applied", settled: conflict };
}

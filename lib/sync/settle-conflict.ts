import { resolve, type Resolved, type ThreeContents } from "./resolution.ts";
import type { TaskDecision } from "./task-decision.ts";
import type { Conflict, ReconcileOptions } from "./types.ts";

/**
 * A conflict stays one (its task held on both sides) unless a person's resolution for exactly this
 * conflict says how it ends; `carryOut` then turns the resolved content (null: deleted) into a turn.
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
    // One side moved on since the person looked: they have to see it first.
    return { ...stays, resolution: { refused: "stale_conflict" } };
  }
  const resolved = resolve(said, resolution);
  if (!resolved.ok) return { ...stays, resolution: { refused: "invalid_task", errors: resolved.errors } };
  return { ...carryOut(resolved.content), resolution: "applied" };
}

import { LockstepError } from "../../lib/errors.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { PlanPreview } from "../../lib/protocol/plan.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { RollbackBody } from "../../lib/protocol/trigger.ts";
import { getRunSummary } from "../queries/history.ts";
import { awaitReading, awaitRun } from "./await-run.ts";

/**
 * Undoes a run on both sides, with a new run.
 * @throws {LockstepError} not_found, not_undoable (it changed nothing), stale_plan
 */
export async function rollbackRun(
  runId: string | undefined,
  body: RollbackBody,
  { actor }: { actor: Actor },
): Promise<RunSummary> {
  const run = await undoable(runId);
  const { run: undoing } = await awaitRun({
    source: run.source,
    trigger: "rollback",
    options: { kind: "rollback", reverts: run.id, ...body },
    requested_by: actor.name,
    requested_from: actor.from,
  });
  return undoing;
}

/**
 * Shows what undoing a run would do. Nothing is written.
 * @throws {LockstepError} not_found, not_undoable (it changed nothing)
 */
export async function previewRollback(
  runId: string | undefined,
  { actor }: { actor: Actor },
): Promise<PlanPreview> {
  const run = await undoable(runId);
  const { plan } = await awaitReading({
    source: run.source,
    trigger: "rollback",
    options: { kind: "preview_rollback", reverts: run.id },
    requested_by: actor.name,
    requested_from: actor.from,
  });
  return plan;
}

async function undoable(runId: string | undefined): Promise<RunSummary> {
  const run = await getRunSummary(runId);
  const { created, updated, deleted } = run.counts;
  if (created + updated + deleted > 0) return run;
  throw new LockstepError("not_undoable", "this run changed nothing, so there is nothing to undo");
}

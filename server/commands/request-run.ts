import type { Actor } from "../../lib/protocol/actor.ts";
import type { PlanPreview } from "../../lib/protocol/plan.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { RunOptions } from "../../lib/protocol/run-request.ts";
import type { TriggerBody } from "../../lib/protocol/trigger.ts";
import { awaitRun } from "./await-run.ts";
import { sourceFor } from "./source-for.ts";

interface Requester {
  actor: Actor;
}

/** Runs a sync now. @throws {LockstepError} stale_plan, not_found, no_worker */
export async function requestRun(
  body: TriggerBody,
  { actor, trigger }: Requester & { trigger: "manual" | "cron" },
): Promise<RunSummary> {
  const answer = await awaitRun({
    source: await sourceFor(body.source),
    trigger,
    options: specialOptions(body),
    requested_by: actor.name,
    requested_from: actor.from,
  });
  if (!("run" in answer)) throw new Error("a run was answered with a plan");
  return answer.run;
}

/** What is wanted beyond a plain run; null where nothing is. */
export function specialOptions({
  source: _source,
  cascade: _cascade,
  ...wishes
}: TriggerBody): RunOptions | null {
  const special = Object.values(wishes).some((value) => value !== undefined && value !== false);
  return special ? { kind: "sync", ...wishes } : null;
}

/** What such a run would do; nothing is written. */
export async function dryRun(body: TriggerBody, { actor }: Requester): Promise<PlanPreview> {
  const { source, plan_hash: _hash, cascade: _cascade, ...wishes } = body;
  const options: RunOptions = { kind: "dry_run", ...wishes };
  const answer = await awaitRun({
    source: await sourceFor(source),
    trigger: "manual",
    options,
    requested_by: actor.name,
    requested_from: actor.from,
  });
  if (!("plan" in answer)) throw new Error("a dry run was answered with a run");
  return answer.plan;
}

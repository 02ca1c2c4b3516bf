import type { Actor } from "../../lib/protocol/actor.ts";
import type { PlanPreview } from "../../lib/protocol/plan.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { TriggerBody } from "../../lib/protocol/trigger.ts";
import type { RunRequest } from "../../lib/run/request.ts";
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
  const { run } = await awaitRun({
    source: await sourceFor(body.source),
    trigger,
    options: syncRequest(body),
    requested_by: actor.name,
    requested_from: actor.from,
  });
  return run;
}

/** The sync that the body of a trigger asks for. */
export function syncRequest({
  source: _source,
  cascade: _cascade,
  ...wishes
}: TriggerBody): RunRequest<"sync"> {
  return { kind: "sync", ...wishes };
}

/** Shows what such a sync would do. Nothing is written. @throws {LockstepError} not_found, no_worker, unavailable */
export async function dryRun(body: TriggerBody, { actor }: Requester): Promise<PlanPreview> {
  const { source, plan_hash: _hash, cascade: _cascade, ...wishes } = body;
  const { plan } = await awaitRun({
    source: await sourceFor(source),
    trigger: "manual",
    options: { kind: "dry_run", ...wishes },
    requested_by: actor.name,
    requested_from: actor.from,
  });
  return plan;
}

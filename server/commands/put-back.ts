import type { Actor } from "../../lib/protocol/actor.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { PutBackBody } from "../../lib/protocol/trigger.ts";
import { awaitRun } from "./await-run.ts";
import { sourceFor } from "./source-for.ts";

/**
 * Gives the side that lost tasks these back from the other side. It is the other answer to a halt: the deletions are not
 * confirmed, but mended.
 * @throws {LockstepError} stale_plan (the halt is over, or another one is there by now), not_found, no_worker
 */
export async function putBack(
  { source, plan_hash }: PutBackBody,
  { actor }: { actor: Actor },
): Promise<RunSummary> {
  const { run } = await awaitRun({
    source: await sourceFor(source),
    trigger: "manual",
    options: { kind: "put_back", plan_hash },
    requested_by: actor.name,
    requested_from: actor.from,
  });
  return run;
}

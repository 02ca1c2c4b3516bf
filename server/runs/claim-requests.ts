import type pg from "pg";
import { chooseRequests } from "../../lib/run/choose-requests.ts";
import { instructionsOf } from "../../lib/run/instructions.ts";
import { runSettings } from "../../lib/run/settings.ts";
import type { RunRequest } from "../../lib/run/request.ts";
import { type SourceRow, takeRunWork } from "../store/run-work.ts";
import type { SourceLease } from "../store/source-lease.ts";
import { readEdits } from "../store/task-edits.ts";
import type { CurrentRun } from "./current-run.ts";
import type { RunMemory, SourceContext } from "./source-context.ts";

/** Takes on the requests that this run answers, with what it starts from; null when nothing waits. */
export async function claimRequests(
  context: SourceContext,
  tx: pg.PoolClient,
  lease: SourceLease,
  memory: RunMemory,
): Promise<CurrentRun | null> {
  // The run begins here: waiting for the run before it was no part of it.
  const startedAt = context.clock.now();
  // Sent together. The outbox is read after the requests, so that the edits of each request are among these.
  const [work, edits] = await Promise.all([takeRunWork(tx, context.source), readEdits(tx, context.source)]);
  const requests = work && chooseRequests(work.requests, edits);
  if (!requests) return null;
  const settings = runSettings(work.source, context.strategy);
  const instructions = instructionsOf(wanted(requests.request, work.source), settings.direction);
  return { context, tx, lease, memory, work, edits, requests, instructions, settings, startedAt };
}

/** Who confirms the plan of a run that carried out choices wants these carried out. */
function wanted(request: RunRequest, { halt, halted_request: halted }: SourceRow): RunRequest {
  if (request.kind !== "sync" || !request.allow_deletes || halted?.kind !== "resolution") return request;
  if (request.plan_hash === undefined || request.plan_hash !== halt?.plan_hash) return request;
  return { ...halted, allow_deletes: true, plan_hash: request.plan_hash };
}

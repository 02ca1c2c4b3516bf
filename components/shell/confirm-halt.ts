import type { HaltJson, RunSummary } from "../../lib/protocol/run.ts";
import type { RollbackBody, TriggerInput } from "../../lib/protocol/trigger.ts";
import { call } from "../live/api.ts";

/**
 * Starts the halted run again with its deletions allowed. The server refuses when its plan has changed
 * meanwhile.
 */
export async function confirmHalt({
  plan_hash,
  source,
  direction,
  reverts,
  tasks,
}: HaltJson): Promise<RunSummary> {
  const allowed: RollbackBody = { allow_deletes: true, plan_hash };
  if (reverts !== undefined) {
    const body: RollbackBody = { ...allowed, ...(tasks ? { tasks } : {}) };
    return (await call("POST /api/sync/history/:run_id/rollback", { params: { run_id: reverts }, body })).run;
  }
  const body: TriggerInput = {
    ...allowed,
    ...(direction ? { direction } : {}),
    ...(source === undefined ? {} : { source }),
  };
  const { run } = await call("POST /api/sync/trigger", { body });
  if (!run) throw new Error("The server did not say which run this was.");
  return run;
}

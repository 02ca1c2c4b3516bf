import type { HaltJson, RunSummary } from "../../lib/protocol/run.ts";
import type { RollbackBody, TriggerInput } from "../../lib/protocol/trigger.ts";
import { api } from "../live/api.ts";

/** Asks once more for what was halted, deletions and all; refused when it would do something else by now. */
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
    return (await api<{ run: RunSummary }>("POST", `/api/sync/history/${reverts}/rollback`, body)).run;
  }
  const body: TriggerInput = {
    ...allowed,
    ...(direction ? { direction } : {}),
    ...(source === undefined ? {} : { source }),
  };
  return (await api<{ run: RunSummary }>("POST", "/api/sync/trigger", body)).run;
}

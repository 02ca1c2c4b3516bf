import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import type { StatusJson } from "../../lib/protocol/status.ts";
import { syncStatusOf } from "../../lib/protocol/sync-status.ts";
import { type SourceStanding, sourceStanding } from "../store/read/status.ts";

/** @throws {LockstepError} not_found when a source is named that does not exist. */
export async function getStatus(source: string | undefined): Promise<StatusJson> {
  const standing = await sourceStanding(source);
  if (standing) return statusOf(standing);
  if (source !== undefined) throw new LockstepError("not_found", `there is no source ${JSON.stringify(source)}`);
  return NOTHING_YET();
}

function statusOf(standing: SourceStanding): StatusJson {
  const { lastRun, problems, halt, pending, conflicts, comparedAt } = standing;
  const { AUTO_SYNC_ENABLED } = env();
  return {
    source: standing.source,
    sync_status: syncStatusOf({
      everCompared: lastRun !== null || comparedAt !== null,
      problems,
      halted: halt !== null,
      pending,
      conflicts,
    }),
    phase: standing.phase,
    progress: standing.progress,
    last_run: lastRun,
    next_run_at: AUTO_SYNC_ENABLED ? standing.nextSyncAt : null,
    conflicts,
    pending,
    problems,
    halt,
    file: { path: standing.path, revision: standing.revision, size: standing.size, modified_at: standing.modifiedAt },
    auto_sync: AUTO_SYNC_ENABLED,
  };
}

const NOTHING_YET = (): StatusJson => ({
  source: "default",
  sync_status: "unknown",
  phase: "idle",
  progress: null,
  last_run: null,
  next_run_at: null,
  conflicts: 0,
  pending: 0,
  problems: [],
  halt: null,
  file: null,
  auto_sync: env().AUTO_SYNC_ENABLED,
});

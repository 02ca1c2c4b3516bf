import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import type { Problem } from "../../lib/problem.ts";
import type { SourceStatusJson, StatusJson } from "../../lib/protocol/status.ts";
import { pool } from "../store/pool.ts";
import { sourceStandings, type SourceStanding, sourcesFiles } from "../store/read/status.ts";
import { loadWorkers } from "../store/workers.ts";
import { derive, type Derived } from "./standing.ts";

/**
 * The status of a source; without a name, of the only source or of all sources together.
 * @throws {LockstepError} not_found when there is no such source.
 */
export async function getStatus(source: string | undefined): Promise<StatusJson> {
  const [standings, workers] = await Promise.all([sourceStandings(source), loadWorkers(pool())]);
  const all = standings.map((standing) => ({ ...standing, ...derive(standing, workers) }));
  if (source !== undefined) {
    const [named] = all;
    if (!named) throw new LockstepError("not_found", `there is no source ${JSON.stringify(source)}`);
    return statusOf(named);
  }
  const active = all.filter((each) => each.removedAt === null);
  const fileProblems = await problemsOfFiles();
  const [first, ...others] = active.length > 0 ? active : all;
  const status =
    first === undefined
      ? NOTHING_YET()
      : others.length > 0 && active.length > 0
        ? together(active)
        : statusOf(first);
  return { ...status, problems: [...fileProblems, ...status.problems], sources: active.map(inShort) };
}

type Standing = SourceStanding & Derived;

function statusOf(standing: Standing): StatusJson {
  return {
    source: standing.source,
    sync_status: standing.sync_status,
    sync_status_reason: standing.sync_status_reason,
    worker_answered_at: standing.worker_answered_at,
    last_compared_at: standing.comparedAt?.toISOString() ?? null,
    phase: standing.phase,
    progress: standing.progress,
    last_run: standing.lastRun,
    next_run_at: standing.next_run_at,
    conflicts: standing.conflicts,
    pending: standing.pending,
    problems: standing.problems,
    halt: standing.halt,
    older_file: standing.olderFile,
    file: {
      path: standing.path,
      revision: standing.revision,
      size: standing.size,
      modified_at: standing.modifiedAt,
    },
    auto_sync: env().AUTO_SYNC_ENABLED,
    stale: standing.staleSince !== null,
    last_success_at: standing.lastSuccessAt?.toISOString() ?? null,
    last_skip: standing.lastSkip,
    removed_at: standing.removedAt,
  };
}

function inShort(standing: Standing): SourceStatusJson {
  return {
    id: standing.source,
    kind: standing.kind,
    object_type: standing.objectType,
    sync_status: standing.sync_status,
    sync_status_reason: standing.sync_status_reason,
    phase: standing.phase,
    progress: standing.progress,
    conflicts: standing.conflicts,
    pending: standing.pending,
    problems: standing.problems.length,
    halted: standing.halt !== null,
    stale: standing.staleSince !== null,
    last_success_at: standing.lastSuccessAt?.toISOString() ?? null,
    next_run_at: standing.next_run_at,
    outcome: standing.lastRun?.outcome ?? null,
  };
}

/** Most problems listed for all sources together; each source's own status lists all of its problems. */
const MOST_PROBLEMS = 500;
const WORST_FIRST = ["unknown", "out-of-sync", "synced"] as const;

/** All sources in the form of one: the worst status, sums, and each problem with its source. */
function together(all: readonly Standing[]): StatusJson {
  const sum = (read: (each: Standing) => number) => all.reduce((total, each) => total + read(each), 0);
  const busy = all.filter((each) => each.phase !== "idle");
  const newest = (a: Standing, b: Standing) =>
    (b.lastRun?.finished_at ?? "").localeCompare(a.lastRun?.finished_at ?? "");
  const inOrder = (times: (string | null)[]) => times.filter((time) => time !== null).sort();
  // A source that is switched off and never ran does not count.
  const synced = all.filter((each) => each.settings.is_sync_enabled || each.lastRun !== null);
  const telling = synced.length > 0 ? synced : all;
  const succeeded = telling.map((each) => each.lastSuccessAt?.toISOString() ?? null);
  const compared = telling.map((each) => each.comparedAt?.toISOString() ?? null);
  const worst = WORST_FIRST.map((status) => telling.find((each) => each.sync_status === status)).find(
    Boolean,
  );
  const skips = all.flatMap((each) => each.lastSkip ?? []).sort((a, b) => b.at.localeCompare(a.at));
  const problems = all.flatMap((each) =>
    each.problems.map((problem): Problem => ({ ...problem, source: each.source })),
  );
  return {
    source: null,
    sync_status: worst?.sync_status ?? "synced",
    sync_status_reason: worst?.sync_status_reason
      ? { ...worst.sync_status_reason, message: `${worst.source}: ${worst.sync_status_reason.message}` }
      : null,
    worker_answered_at: null,
    // The oldest time of all sources. While one source was never compared, there is none.
    last_compared_at: compared.includes(null) ? null : (inOrder(compared)[0] ?? null),
    phase: busy[0]?.phase ?? "idle",
    progress:
      busy.length > 0
        ? { done: sum((each) => each.progress?.done ?? 0), total: sum((each) => each.progress?.total ?? 0) }
        : null,
    last_run: [...all].sort(newest)[0]?.lastRun ?? null,
    next_run_at: inOrder(all.map((each) => each.next_run_at))[0] ?? null,
    conflicts: sum((each) => each.conflicts),
    pending: sum((each) => each.pending),
    problems: problems.slice(0, MOST_PROBLEMS),
    halt: all.find((each) => each.halt !== null)?.halt ?? null,
    older_file: all.find((each) => each.olderFile !== null)?.olderFile ?? null,
    file: null,
    auto_sync: env().AUTO_SYNC_ENABLED,
    stale: all.some((each) => each.staleSince !== null),
    // The oldest time of all sources. While one source never succeeded, there is none.
    last_success_at: succeeded.includes(null) ? null : (inOrder(succeeded)[0] ?? null),
    last_skip: skips[0] ?? null,
    removed_at: null,
  };
}

async function problemsOfFiles(): Promise<Problem[]> {
  const files = await sourcesFiles();
  return files.flatMap(({ path, problems }) =>
    problems.map(({ message, left_out, ...place }): Problem => {
      const rest = left_out ? "this file is left out" : "its last valid content is used";
      return { code: "sources_file", message: `${path}: ${message}; ${rest}`, ...place };
    }),
  );
}

const NOTHING_YET = (): StatusJson => ({
  source: "default",
  sync_status: "unknown",
  sync_status_reason: { code: "not_compared", message: "No source has been registered yet." },
  worker_answered_at: null,
  last_compared_at: null,
  phase: "idle",
  progress: null,
  last_run: null,
  next_run_at: null,
  conflicts: 0,
  pending: 0,
  problems: [],
  halt: null,
  older_file: null,
  file: null,
  auto_sync: env().AUTO_SYNC_ENABLED,
  stale: false,
  last_success_at: null,
  last_skip: null,
  removed_at: null,
});

import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import type { SourceJson, SourceListJson } from "../../lib/protocol/source.ts";
import { settingsToWire } from "../../lib/source/settings.ts";
import { storedBase } from "../../lib/source/stored.ts";
import { pool } from "../store/pool.ts";
import { sizesOfSources } from "../store/read/sizes.ts";
import { sourceStandings, sourcesFiles } from "../store/read/status.ts";
import { loadWorkers } from "../store/workers.ts";
import { derive } from "./standing.ts";

/** Every source, including removed sources, sorted by id. */
export async function listSources(): Promise<SourceListJson> {
  const [standings, sizes, files, workers] = await Promise.all([
    sourceStandings(),
    sizesOfSources(),
    sourcesFiles(),
    loadWorkers(pool()),
  ]);
  const all = standings.map((standing) => ({ ...standing, ...derive(standing, workers) }));
  const dependents = new Map<string, string[]>();
  for (const { source, settings, removedAt } of all) {
    if (removedAt === null)
      for (const parent of settings.depends_on)
        dependents.set(parent, [...(dependents.get(parent) ?? []), source]);
  }
  const sources = all.map((each): SourceJson => ({
    id: each.source,
    path: each.path,
    kind: each.kind,
    object_type: each.objectType,
    parent_source: each.parentSource,
    objects: sizes.get(each.source)?.objects ?? 0,
    settings: settingsToWire(each.settings),
    origins: each.origins,
    inherited: settingsToWire(storedBase(each.base).settings),
    dependents: dependents.get(each.source) ?? [],
    removed_at: each.removedAt,
    has_worker: workers.running.has(each.settings.worker),
    sync_status: each.sync_status,
    sync_status_reason: each.sync_status_reason,
    phase: each.phase,
    progress: each.progress,
    tasks: sizes.get(each.source)?.tasks ?? 0,
    conflicts: each.conflicts,
    pending: each.pending,
    problems: each.problems,
    halt: each.halt,
    older_file: each.olderFile,
    last_run: each.lastRun,
    last_success_at: each.lastSuccessAt?.toISOString() ?? null,
    stale: each.staleSince !== null,
    stale_since: each.staleSince?.toISOString() ?? null,
    next_run_at: each.next_run_at,
    last_skip: each.lastSkip,
  }));
  return { sources, files, auto_sync: env().AUTO_SYNC_ENABLED };
}

/** @throws {LockstepError} not_found */
export async function getSource(id: string | undefined): Promise<SourceJson> {
  // Reads all sources, because others may depend on this one.
  const { sources } = await listSources();
  const source = sources.find((each) => each.id === id);
  if (!source) throw new LockstepError("not_found", `there is no source ${JSON.stringify(id)}`);
  return source;
}

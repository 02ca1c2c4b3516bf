import { env } from "../../config/env.ts";
import { type KnownStatus, syncStatusOf } from "../../lib/protocol/sync-status.ts";
import type { BasedSettings } from "../../lib/source/settings.ts";
import { sideNames } from "../../lib/source/side-names.ts";
import { staleSince } from "../../lib/source/stale.ts";
import { storedBase, storedSettings } from "../../lib/source/stored.ts";
import type { SourceStanding } from "../store/read/status.ts";
import type { WorkersKnown } from "../store/workers.ts";

/** What is derived from the stored state of a source. */
export interface Derived extends BasedSettings, KnownStatus {
  worker_answered_at: string | null;
  staleSince: Date | null;
  /** When the next run is due; null when the source does not run by itself. */
  next_run_at: string | null;
}

/** Derives a source's status. A removed source is never stale, because it is not synced on purpose. */
export function derive(standing: SourceStanding, workers: WorkersKnown, now = new Date()): Derived {
  const { lastRun, problems, halt, pending, conflicts, comparedAt, removedAt } = standing;
  const { settings, origins } = settingsOf(standing);
  const thresholdMinutes = settings.staleness_threshold_minutes;
  const answeredAt = workers.answeredAt.get(settings.worker)?.toISOString() ?? null;
  return {
    settings,
    origins,
    worker_answered_at: answeredAt,
    ...syncStatusOf({
      names: sideNames(standing.source, standing.kind),
      everCompared: lastRun !== null || comparedAt !== null,
      problems,
      halted: halt !== null,
      pending,
      conflicts,
      removed: removedAt !== null,
      worker: { running: workers.running.has(settings.worker), answeredAt, label: settings.worker },
      watched: workers.watched.has(standing.source),
      waitingSince: standing.waitingSince?.toISOString() ?? null,
      triggersOff: standing.triggersOff,
    }),
    staleSince: removedAt === null ? staleSince({ ...standing, thresholdMinutes }, now) : null,
    next_run_at:
      env().AUTO_SYNC_ENABLED && settings.is_sync_enabled && removedAt === null ? standing.nextSyncAt : null,
  };
}

/** Settings broken by SQL stop the source's runs, but not the page that shows it. */
function settingsOf({ base, overrides }: SourceStanding): BasedSettings {
  try {
    return storedSettings(base, overrides);
  } catch {
    return storedBase(base);
  }
}

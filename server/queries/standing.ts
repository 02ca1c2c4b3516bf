import { env } from "../../config/env.ts";
import type { SyncStatus } from "../../lib/protocol/status.ts";
import { syncStatusOf } from "../../lib/protocol/sync-status.ts";
import type { BasedSettings } from "../../lib/source/settings.ts";
import { staleSince } from "../../lib/source/stale.ts";
import { storedBase, storedSettings } from "../../lib/source/stored.ts";
import type { SourceStanding } from "../store/read/status.ts";

/** What is derived from the stored state of a source. */
export interface Derived extends BasedSettings {
  sync_status: SyncStatus;
  staleSince: Date | null;
  /** Null when the source does not run by itself. */
  next_run_at: string | null;
}

/** Derives a source's status. A removed source is never stale, because it is not synced on purpose. */
export function derive(standing: SourceStanding, now = new Date()): Derived {
  const { lastRun, problems, halt, pending, conflicts, comparedAt, removedAt } = standing;
  const { settings, origins } = settingsOf(standing);
  const thresholdMinutes = settings.staleness_threshold_minutes;
  return {
    settings,
    origins,
    sync_status: syncStatusOf({
      everCompared: lastRun !== null || comparedAt !== null,
      problems,
      halted: halt !== null,
      pending,
      conflicts,
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

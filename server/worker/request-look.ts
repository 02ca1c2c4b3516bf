import type pg from "pg";
import type { Trigger } from "../../lib/protocol/trigger.ts";
import type { SourceSettings } from "../../lib/source/settings.ts";
import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import { SWITCHED_OFF } from "../rounds/start-round.ts";
import { addRequest } from "../store/requests.ts";
import { saveSkips } from "../store/source-health.ts";

export const AUTO_SYNC_OFF = "AUTO_SYNC_ENABLED is false";

export interface LookRequests {
  pool: pg.Pool;
  clock: Clock;
  log: Logger;
  autoSync: boolean;
}

/** Why a source is not synced by itself; null when it is. */
export function skipReason(
  autoSync: boolean,
  settings: Pick<SourceSettings, "is_sync_enabled">,
): string | null {
  if (!autoSync) return AUTO_SYNC_OFF;
  return settings.is_sync_enabled ? null : SWITCHED_OFF;
}

/**
 * Requests a look at the source after a change. When the source is not synced by itself, only the skip is
 * recorded.
 */
export async function requestLook(
  { pool, clock, log, autoSync }: LookRequests,
  { id, settings }: { id: string; settings: SourceSettings },
  trigger: Trigger,
  requested_by: string,
): Promise<void> {
  const reason = skipReason(autoSync, settings);
  if (reason === null) {
    await addRequest(pool, { source: id, trigger, requested_by });
    return;
  }
  await saveSkips(pool, [id], { at: clock.now().toISOString(), trigger, reason });
  log.info({ source: id, trigger, skipped: true, reason }, "run skipped");
}

import type pg from "pg";
import { staleSince } from "../../lib/source/stale.ts";
import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import { readSettings } from "../rounds/start-round.ts";
import { publish } from "../store/publish.ts";
import { saveStale, sourcesHealth } from "../store/source-health.ts";
import { inTransaction } from "../store/transaction.ts";

/** Reports which sources have become stale or fresh again. */
export async function tellStale(pool: pg.Pool, clock: Clock, log: Logger): Promise<void> {
  const now = clock.now();
  for (const source of await sourcesHealth(pool)) {
    const { id, created_at, last_success_at, stale_since } = source;
    const thresholdMinutes = readSettings(source).staleness_threshold_minutes;
    const since = staleSince(
      { lastSuccessAt: last_success_at, createdAt: created_at, thresholdMinutes },
      now,
    );
    if ((since === null) === (stale_since === null)) continue;
    await inTransaction(pool, async (tx) => {
      // Of several workers that notice it, one reports it.
      if (!(await saveStale(tx, id, since))) return;
      await publish(tx, [{ event: "sync_source_stale", source: id, stale: since !== null }]);
      if (since)
        log.warn({ source: id, since, thresholdMinutes }, "stale: no successful run within the threshold");
      else log.info({ source: id }, "no longer stale");
    });
  }
}

import type pg from "pg";
import { staleSince } from "../../lib/source/stale.ts";
import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import { advanceRound } from "../rounds/advance-round.ts";
import { readSettings } from "../rounds/start-round.ts";
import { publish } from "../store/publish.ts";
import { wakeForgotten } from "../store/requests.ts";
import { openRounds } from "../store/rounds.ts";
import { saveStale, sourcesHealth } from "../store/source-health.ts";
import { inTransaction } from "../store/transaction.ts";

/**
 * Looks for work that was left behind: requests whose worker died with its job, and rounds that were not
 * advanced. It also reports which sources have become stale or fresh again.
 * @param served the sources that this worker can reach.
 */
export async function sweep(
  pool: pg.Pool,
  clock: Clock,
  log: Logger,
  served: readonly string[],
): Promise<void> {
  const woken = await wakeForgotten(pool, served);
  if (woken.length > 0) log.info({ sources: woken }, "took over requests that no worker was working on");
  for (const id of await openRounds(pool)) await advanceRound(pool, id);
  await tellStale(pool, clock, log);
}

async function tellStale(pool: pg.Pool, clock: Clock, log: Logger): Promise<void> {
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

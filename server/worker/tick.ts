import { dueSources } from "../../lib/source/due.ts";
import { readSettings, startRound } from "../rounds/start-round.ts";
import { addRequest } from "../store/requests.ts";
import { sourcesInRounds } from "../store/rounds.ts";
import { saveSkips } from "../store/source-health.ts";
import { lockScheduledSources, saveNextTimes } from "../store/sources.ts";
import { inTransaction } from "../store/transaction.ts";
import { type LookRequests, skipReason } from "./request-look.ts";

const ROUND_BEFORE = "its run in the last round has not ended yet";

/**
 * Requests the due sources as one round: parents before their dependents, then by priority. All of it is one
 * transaction, so that a worker that dies in the middle has started nothing.
 * @param only the sources to look at; undefined: all.
 */
export async function tick(
  nudging: LookRequests,
  only?: readonly string[],
): Promise<{ due: number; skipped: number }> {
  // This is asked each second for sources with short intervals, and mostly there are none. Then it opens no
  // transaction and takes no lock that the tick of the minute would find taken.
  if (only?.length === 0) return { due: 0, skipped: 0 };
  const { pool, clock, log, autoSync } = nudging;
  const now = clock.now();
  return inTransaction(pool, async (tx) => {
    const candidates = await lockScheduledSources(tx, only);
    const due = dueSources(
      (candidates ?? []).map((row) => ({ id: row.id, settings: readSettings(row), next: row.next_sync_at })),
      now,
    );
    if (due.length === 0) return { due: 0, skipped: 0 };
    await saveNextTimes(tx, due);
    const busy = await sourcesInRounds(tx);
    const skips = new Map<string, string[]>();
    const wanted: string[] = [];
    for (const { id, settings } of due) {
      const reason = skipReason(autoSync, settings) ?? (busy.has(id) ? ROUND_BEFORE : null);
      if (reason === null) wanted.push(id);
      else skips.set(reason, [...(skips.get(reason) ?? []), id]);
    }
    for (const [reason, sources] of skips) {
      await saveSkips(tx, sources, { at: now.toISOString(), trigger: "schedule", reason });
      log.info(
        { skipped: true, reason, sources: sources.slice(0, 20), count: sources.length },
        "scheduled runs skipped",
      );
    }
    const [first, ...others] = wanted;
    const cascades = due.some(({ id, settings }) => id === first && settings.cascade_sync);
    // A single source needs no round, because it waits for no other.
    if (first !== undefined && others.length === 0 && !cascades)
      await addRequest(tx, { source: first, trigger: "schedule", requested_by: "schedule" });
    else if (first !== undefined)
      await startRound(tx, { wanted, cascade: "settings", trigger: "schedule", requested_by: "schedule" });
    return { due: due.length, skipped: due.length - wanted.length };
  });
}

import { setTimeout as delay } from "node:timers/promises";
import { LockstepError } from "../../lib/errors.ts";
import type { RoundJson } from "../../lib/protocol/round.ts";
import { getRound } from "../queries/rounds.ts";
import { pool } from "../store/pool.ts";
import { roundStanding } from "../store/rounds.ts";
import { noWorker, workerOf } from "../store/workers.ts";

const LONGEST_MS = 600_000;
const POLL_MS = 100;
const LOOK_FOR_WORKER_MS = 2_000;

/**
 * Waits until every source of the round has ended, as long as there are workers to run them.
 * @throws {LockstepError} no_worker (with the missing label), unavailable (it takes too long)
 */
export async function awaitRound(id: string): Promise<RoundJson> {
  const db = pool();
  for (let waited = 0; waited < LONGEST_MS; waited += POLL_MS) {
    const { over, waitsFor } = await roundStanding(db, id);
    if (over) return getRound(id);
    if (waited > 0 && waited % LOOK_FOR_WORKER_MS === 0) {
      for (const source of waitsFor) {
        const { label, running } = await workerOf(db, source);
        if (!running)
          throw new LockstepError(
            "no_worker",
            `${noWorker(label)}, which ${source} needs; the round goes on when one starts`,
            { round: id },
          );
      }
    }
    await delay(POLL_MS);
  }
  throw new LockstepError(
    "unavailable",
    "the round takes long; GET /api/sync/rounds/:id shows its progress",
    { round: id },
  );
}

import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import { pool } from "../store/pool.ts";
import { isLockTimeout } from "../store/source-lock.ts";
import { asActor } from "../store/transaction.ts";

/** The first attempt waits this long in the database, which is enough when only other short writes are before it. */
const FIRST_HELD_MS = 500;
/**
 * Later attempts only check whether the row is free, so that many waiting writes leave connections for other
 * requests.
 */
const LATER_HELD_MS = 50;
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 1_000;
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
const RETRY_AFTER_S = 5;

/**
 * Writes in the actor's own transaction. While another transaction holds what the write needs, it is tried again for
 * `SYNC_WAIT_MS`, but at least one and at most ten seconds. Between the attempts it has no connection.
 * @param what what is written, for the message, such as `task 2`.
 * @throws {LockstepError} unavailable when the other transaction holds it all that time; nothing was changed.
 */
export async function writeAsActor<T>(
  actor: Actor,
  what: string,
  write: (tx: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const wait = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, env().SYNC_WAIT_MS));
  const deadline = performance.now() + wait;
  for (let attempt = 1; ; attempt++) {
    try {
      return await asActor(pool(), actor, write, attempt === 1 ? FIRST_HELD_MS : LATER_HELD_MS);
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      const pause = Math.min(LONGEST_PAUSE_MS, PAUSE_MS * attempt);
      if (performance.now() + pause > deadline) throw isHeld(what);
      await delay(pause);
    }
  }
}

function isHeld(what: string): LockstepError {
  return new LockstepError(
    "unavailable",
    `${what} is locked by another database transaction, such as an open psql session or a long run, so nothing was ` +
      "changed; commit or roll back that transaction, or try again later",
    { retry_after: RETRY_AFTER_S },
  );
}

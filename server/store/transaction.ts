import type pg from "pg";
import type { Actor } from "../../lib/protocol/actor.ts";

/**
 * Runs `work` in one transaction. It is committed when `work` returns, and rolled back when `work` throws;
 * the error is thrown on. A broken connection is discarded.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (tx: pg.PoolClient) => Promise<T>,
  begin = "BEGIN",
): Promise<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  tx.on("error", onError);
  try {
    await tx.query(begin);
    const result = await work(tx);
    await tx.query("COMMIT");
    return result;
  } catch (error) {
    await tx.query("ROLLBACK").catch((failure: unknown) => {
      broken ??= failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    tx.off("error", onError);
    tx.release(broken);
  }
}

/**
 * Runs `work` in the transaction of a person or script. Its edits of `tasks` have the actor's name, and the
 * caller requests their run.
 * @param heldMs how many milliseconds each statement waits for what another transaction holds.
 * @throws PostgreSQL 55P03 when another transaction holds it longer.
 */
export function asActor<T>(
  pool: pg.Pool,
  { name, from }: Pick<Actor, "name" | "from">,
  work: (tx: pg.PoolClient) => Promise<T>,
  heldMs: number,
): Promise<T> {
  return inTransaction(pool, async (tx) => {
    await tx.query(
      "SELECT set_config('lockstep.actor', $1, true), set_config('lockstep.carried', 'yes', true), " +
        "set_config('lockstep.address', $2, true), set_config('lock_timeout', $3, true)",
      [name, from ?? "", String(heldMs)],
    );
    return work(tx);
  });
}

/** Stores the address from which the rest of the transaction was asked for, for the audit log. */
export async function setAddress(tx: pg.PoolClient, address: string | null): Promise<void> {
  await tx.query("SELECT set_config('lockstep.address', $1, true)", [address ?? ""]);
}

/** @returns a function that takes back all that the transaction has written since this call. */
export async function savepoint(tx: pg.PoolClient): Promise<() => Promise<void>> {
  await tx.query("SAVEPOINT before");
  return async () => void (await tx.query("ROLLBACK TO SAVEPOINT before"));
}

/**
 * Runs `work` so that the transaction can go on when it fails.
 * @param keep whether its result is kept; otherwise, and when it throws, what it has written is taken back.
 */
export async function inSavepoint<T>(
  tx: pg.PoolClient,
  work: () => Promise<T>,
  keep: (result: T) => boolean,
): Promise<T> {
  const back = "ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt";
  await tx.query("SAVEPOINT attempt");
  try {
    const result = await work();
    await tx.query(keep(result) ? "RELEASE SAVEPOINT attempt" : back);
    return result;
  } catch (error) {
    await tx.query(back);
    throw error;
  }
}

import type pg from "pg";
import type { Actor } from "../../lib/protocol/actor.ts";

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws (then the
 * error goes on to the caller). A connection that broke is thrown away, not given back.
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
 * A transaction of a person or a script: its edits of `tasks` bear the actor's name, and ask for
 * their run themselves.
 */
export function asActor<T>(
  pool: pg.Pool,
  { name, from }: Pick<Actor, "name" | "from">,
  work: (tx: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, async (tx) => {
    await tx.query(
      "SELECT set_config('lockstep.actor', $1, true), set_config('lockstep.carried', 'yes', true), set_config('lockstep.address', $2, true)",
      [name, from ?? ""],
    );
    return work(tx);
  });
}

/** From where the rest of this transaction was asked for, as the audit has it. */
export async function comeFrom(tx: pg.PoolClient, address: string | null): Promise<void> {
  await tx.query("SELECT set_config('lockstep.address', $1, true)", [address ?? ""]);
}

/** @returns a function that takes back whatever the transaction has written since this call. */
export async function savepoint(tx: pg.PoolClient): Promise<() => Promise<void>> {
  await tx.query("SAVEPOINT before");
  return async () => void (await tx.query("ROLLBACK TO SAVEPOINT before"));
}

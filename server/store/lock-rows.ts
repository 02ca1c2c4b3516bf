import pg from "pg";
import type { Queryable } from "./pool.ts";

/**
 * Takes the lock of this name until the transaction ends, as SQL for a text of several statements. It is a row of the
 * table `locks`, and so only roles with rights on that table can take it.
 */
export function lockRowSql(name: string): string {
  const literal = pg.escapeLiteral(name);
  return (
    `INSERT INTO locks (name) VALUES (${literal}) ON CONFLICT DO NOTHING; ` +
    `SELECT FROM locks WHERE name = ${literal} FOR UPDATE`
  );
}

/**
 * Takes the lock of this name until the transaction ends.
 * @throws PostgreSQL 55P03 when another transaction holds it for longer than `lock_timeout`.
 */
export async function lockRow(tx: Queryable, name: string): Promise<void> {
  await tx.query("INSERT INTO locks (name) VALUES ($1) ON CONFLICT DO NOTHING", [name]);
  await tx.query("SELECT FROM locks WHERE name = $1 FOR UPDATE", [name]);
}

/** Takes the lock where no other transaction has it. @returns whether this one has it now. */
export async function tryLockRow(tx: Queryable, name: string): Promise<boolean> {
  await tx.query("INSERT INTO locks (name) VALUES ($1) ON CONFLICT DO NOTHING", [name]);
  const { rowCount } = await tx.query("SELECT FROM locks WHERE name = $1 FOR UPDATE SKIP LOCKED", [name]);
  return rowCount === 1;
}

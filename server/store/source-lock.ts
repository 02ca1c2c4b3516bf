import { lockRowSql } from "./lock-rows.ts";
import type { Queryable } from "./pool.ts";
import { LEASE } from "./source-lease.ts";

/** A run of a source waits this long for the one before it. */
const SOURCE_WAIT = "60s";
/** A run waits this long for rows that someone else is editing, then gives everything back. */
const ROWS_WAIT = "1500ms";
/** And this long for each of them, once it is known that one of many is held. */
const BRIEF_WAIT = "100ms";

/**
 * How a run's transaction begins, in one round trip: its writes to `tasks` are marked as Lockstep's
 * own, and it is the only run of the source, in any process, until it ends, its holder dies or its lease runs out.
 * Throws PostgreSQL 55P03 when the run before it takes too long.
 */
export function beginRun(source: string, leaseMs = LEASE.ms): string {
  return `BEGIN; SET LOCAL lockstep.writer = 'run'; SET LOCAL lock_timeout = '${SOURCE_WAIT}';
    SET LOCAL idle_in_transaction_session_timeout = ${leaseMs};
    ${lockRowSql(`source:${source}`)}; SET LOCAL lock_timeout = '${ROWS_WAIT}'`;
}

export function isLockTimeout(error: unknown): boolean {
  return (error as { code?: string }).code === "55P03";
}

/** The rest of the transaction waits only briefly for what others hold. */
export async function waitBriefly(tx: Queryable): Promise<void> {
  await tx.query(`SET LOCAL lock_timeout = '${BRIEF_WAIT}'`);
}

/** The rest of the transaction waits for what others hold as long as a run does. */
export async function waitAsUsual(tx: Queryable): Promise<void> {
  await tx.query(`SET LOCAL lock_timeout = '${ROWS_WAIT}'`);
}

import type { Queryable } from "./pool.ts";

/** A worker's listening connection has this name, and lives exactly as long as the worker does. */
export const WORKER_NAME = "lockstep worker";

export async function isAnyWorkerRunning(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(
    "SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database() LIMIT 1",
    [WORKER_NAME],
  );
  return rows.length > 0;
}

import { runMigrations } from "graphile-worker";
import pg from "pg";
import { lockRowSql } from "./lock-rows.ts";

/**
 * Brings the queue's own tables up to date. Graphile Worker creates its schema only if it is missing, which
 * two processes that start together on an empty database both find. So they run one after the other. Our own
 * tables must be there.
 */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const turn = new pg.Client({
    connectionString: databaseUrl,
    application_name: "lockstep migrate",
    connectionTimeoutMillis: 10_000,
  });
  turn.on("error", () => undefined);
  const connections = quietPool(databaseUrl);
  await turn.connect();
  try {
    await turn.query(`BEGIN; ${lockRowSql("queue")}`);
    await runMigrations({ pgPool: connections });
  } finally {
    await connections.end().catch(() => undefined);
    // The lock goes with its connection.
    await turn.end().catch(() => undefined);
  }
}

/**
 * The library's own pool is closed a moment after it says it is done, and an error then would end the
 * process.
 */
function quietPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 2, application_name: "lockstep migrate" });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

import { runMigrations } from "graphile-worker";
import pg from "pg";

/** Any fixed number that nobody else takes. */
const QUEUE_LOCK = 7_105_114;

/**
 * Brings the queue's own tables up to date. Graphile Worker makes its schema "if not exists", which two
 * that start at once on an empty database both find missing: so they come one after the other.
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
    await turn.query("SELECT pg_advisory_lock($1)", [QUEUE_LOCK]);
    await runMigrations({ pgPool: connections });
  } finally {
    await connections.end().catch(() => undefined);
    // The lock goes with its connection, however it ends.
    await turn.end().catch(() => undefined);
  }
}

/** Its own would be closed a moment after it says it has done, and an error of theirs then would end the process. */
function quietPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 2, application_name: "lockstep migrate" });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

import pg from "pg";
import { env } from "../../config/env.ts";

/** What a query runs on: the pool, or the connection of a transaction. */
export type Queryable = Pick<pg.PoolClient, "query">;

const KEY = Symbol.for("lockstep.pool");
const holder = globalThis as { [KEY]?: pg.Pool };

export function createPool(connectionString: string, max = 20): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 10_000,
    application_name: "lockstep",
    // Timestamps are read back as instants whatever the role's own settings say.
    options: "-c TimeZone=UTC -c DateStyle=ISO",
  });
  // An idle connection that breaks (PostgreSQL restarts) is replaced; without a listener it would end the process.
  pool.on("error", () => undefined);
  return pool;
}

/** The process's pool. On `globalThis`, as route handlers are bundled apart from the server. */
export function pool(): pg.Pool {
  const url = env().DATABASE_URL;
  if (url === undefined) throw new Error("the database's address is not known yet");
  holder[KEY] ??= createPool(url);
  return holder[KEY];
}

export async function closePool(): Promise<void> {
  const open = holder[KEY];
  delete holder[KEY];
  await open?.end();
}

import { createHash } from "node:crypto";
import pg from "pg";
import { env } from "../../config/env.ts";
import { LEASE } from "./source-lease.ts";

/** Runs a query: the pool, or the connection of a transaction. */
export type Queryable = Pick<pg.PoolClient, "query">;

/**
 * A connection that parses and plans each statement once, because planning takes longer than reading a row or
 * two. It keeps every text that it was given, so texts must be constant and values parameters.
 */
class PlanningClient extends pg.Client {
  // The library has seven overloads; only the one with text and values is changed.
  override query = ((query: unknown, ...rest: unknown[]) => {
    const send = pg.Client.prototype.query as (...args: unknown[]) => unknown;
    const [values] = rest;
    if (typeof query !== "string" || rest.length !== 1 || !Array.isArray(values))
      return send.call(this, query, ...rest);
    return send.call(this, { name: nameOf(query), text: query, values });
  }) as pg.Client["query"];
}

const names = new Map<string, string>();

/** The name depends on the text alone, so that it means the same in every process behind a pooler. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `lockstep_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
  names.set(text, name);
  return name;
}

const KEY = Symbol.for("lockstep.pool");
const holder = globalThis as { [KEY]?: pg.Pool };

const OPTIONS = [
  // Timestamps are read as instants, whatever the role's own settings are.
  "TimeZone=UTC",
  "DateStyle=ISO",
  // A machine that disappears is noticed within half a minute, which frees its locks, and so is a process that is
  // stopped: in the middle of a transaction, or while it is sent an answer.
  "tcp_keepalives_idle=10",
  "tcp_keepalives_interval=5",
  "tcp_keepalives_count=3",
  "tcp_user_timeout=30000",
  `idle_in_transaction_session_timeout=${LEASE.ms}`,
];

/**
 * How many milliseconds a statement of the web waits for what another transaction holds (a row, or a table after
 * `LOCK TABLE`), and how many it may take altogether, so that no request keeps a connection for ever. Runs set
 * their own limits.
 */
const WEB_LIMITS = ["lock_timeout=1000", "statement_timeout=30000"];
/** The same for a worker, whose statements import whole files. Its runs wait less, as they say themselves. */
export const WORKER_LIMITS = ["lock_timeout=10000", "statement_timeout=600000"];

export function createPool(connectionString: string, max = 20, limits: readonly string[] = []): pg.Pool {
  const pool = new pg.Pool({
    Client: PlanningClient,
    connectionString,
    // Sends statements that do not wait for each other together.
    pipeline: true,
    max,
    connectionTimeoutMillis: 10_000,
    application_name: "lockstep",
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: [...OPTIONS, ...limits].map((option) => `-c ${option}`).join(" "),
  });
  // A connection that breaks (PostgreSQL restarted) is replaced, and its next statement fails. Without listeners the error
  // would end the process: the pool's hears of idle connections, the connection's own of those that are lent out.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/**
 * The process's pool. It is on `globalThis`, because route handlers are bundled separately from the server.
 */
export function pool(): pg.Pool {
  const url = env().DATABASE_URL;
  if (url === undefined) throw new Error("the database's address is not known yet");
  holder[KEY] ??= createPool(url, 20, WEB_LIMITS);
  return holder[KEY];
}

/** Whether the database answers at all. */
export function answers(db: Queryable): Promise<boolean> {
  return db.query("SELECT 1").then(
    () => true,
    () => false,
  );
}

export async function closePool(): Promise<void> {
  const open = holder[KEY];
  delete holder[KEY];
  await open?.end();
}

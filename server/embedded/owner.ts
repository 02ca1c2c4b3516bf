import { realpath } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { ROLE } from "./cluster.ts";
import { EmbeddedPostgresError } from "./errors.ts";

const LOOK_AGAIN_MS = 25;
const START_PATIENCE_MS = 120_000;
const OWNER_PATIENCE_MS = 1_000;
/** The advisory lock of the cluster's only owner, in its `postgres` database. The number is arbitrary. */
const OWNER_LOCK = 7_105_113;

export interface Address {
  port: number;
  password: string;
  cluster: string;
}

/**
 * Connects to the server and takes the owner's lock, which PostgreSQL releases when this process dies. It
 * waits while the server starts or recovers, and returns undefined when `isGone` says that the server has
 * ended.
 * @throws EmbeddedPostgresError `in_use` while another process is the owner, `start_failed` when another
 * server answers.
 */
export async function becomeOwner(address: Address, isGone: () => boolean): Promise<pg.Client | undefined> {
  const client = await connectWhenReady(address, isGone);
  if (client === undefined) return undefined;
  try {
    await verifyCluster(client, address.cluster);
    await takeLock(client, address.cluster);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function connectWhenReady(address: Address, isGone: () => boolean): Promise<pg.Client | undefined> {
  for (let waited = 0; ; waited += LOOK_AGAIN_MS) {
    const gone = isGone();
    const client = new pg.Client({
      host: "127.0.0.1",
      port: address.port,
      user: ROLE,
      password: address.password,
      database: "postgres",
      application_name: "lockstep owner",
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (gone) return undefined;
      if (!isPassing(error) || waited >= START_PATIENCE_MS) {
        throw new EmbeddedPostgresError(
          "start_failed",
          `The embedded PostgreSQL of ${address.cluster} does not answer on port ${address.port}: ` +
            `${(error as Error).message}`,
          { cause: error },
        );
      }
    }
    await delay(LOOK_AGAIN_MS);
  }
}

/**
 * Whether the error passes: the server does not listen yet, or it is starting, recovering or shutting down
 * (class 57P).
 */
function isPassing(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  if (code === undefined) return /terminated unexpectedly|timeout/i.test(message ?? "");
  return code === "ECONNREFUSED" || code === "ECONNRESET" || code.startsWith("57P");
}

/** The password was right. The data folder tells whether this is the cluster or a copy of it. */
async function verifyCluster(client: pg.Client, cluster: string): Promise<void> {
  const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
  const served = rows[0]?.data_directory ?? "";
  const resolved = await realpath(served).catch(() => served);
  if (resolved !== cluster) {
    throw new EmbeddedPostgresError(
      "start_failed",
      `The PostgreSQL that answers for ${cluster} serves ${served}. Stop it, or set DATA_DIR.`,
    );
  }
}

async function takeLock(client: pg.Client, cluster: string): Promise<void> {
  // When the previous owner was killed just now, its server notices within moments.
  for (let waited = 0; waited <= OWNER_PATIENCE_MS; waited += LOOK_AGAIN_MS) {
    const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [
      OWNER_LOCK,
    ]);
    if (rows[0]?.taken) return;
    await delay(LOOK_AGAIN_MS);
  }
  throw new EmbeddedPostgresError(
    "in_use",
    `Another Lockstep process is using ${cluster}. Stop it first, give this one a DATA_DIR of its own, ` +
      "or set DATABASE_URL " +
      "to share one PostgreSQL server.",
  );
}

import type { ChildProcess } from "node:child_process";
import { mkdir, readFile, realpath, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { type Binaries, findBinaries } from "./binaries.ts";
import { clusterExists, clusterPaths, createCluster, ROLE } from "./cluster.ts";
import { EmbeddedPostgresError } from "./errors.ts";
import { freePort } from "./free-port.ts";
import { type Identity, identityFor } from "./identity.ts";
import { becomeOwner } from "./owner.ts";
import { findRunning, isAlive, logFile, spawnPostmaster, stopPostmaster } from "./postmaster.ts";

const DATABASE = "lockstep";
const ATTEMPTS = 5;
const RESTART_MS = 200;
const MAX_RESTART_MS = 10_000;

export interface EmbeddedPostgresOptions {
  dataDir: string;
  /** Gets a line for people when something important happens. */
  log?: (line: string) => void;
  /** PostgreSQL settings that replace the default ones, for tests. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  url: string;
  stop(): Promise<void>;
}

interface Cluster {
  home: string;
  cluster: string;
  password: string;
  binaries: Binaries;
  identity: Identity | undefined;
  settings: Record<string, string>;
  log: (line: string) => void;
}

/**
 * Starts the private PostgreSQL of a data folder, or takes over the server that is still running after its
 * owner was killed. If its server process dies before `stop()`, it is started again on the same port. A
 * folder has one owner.
 * @throws EmbeddedPostgresError whose message says what to do, for instance `in_use` for a second process.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const own = await prepare(options);
  let { client, port } = await acquire(own, await savedPort(own), false);
  await keepOthersOut(client);
  await createDatabase(client);
  const url = `postgresql://${ROLE}:${own.password}@127.0.0.1:${port}/${DATABASE}`;
  await saveUrl(own, url);

  let stopping = false;
  let recovery: Promise<void> = Promise.resolve();
  const watch = () =>
    client.once("end", () => {
      if (!stopping) recovery = recover();
    });

  async function recover(): Promise<void> {
    own.log("the embedded PostgreSQL stopped; starting it again");
    for (let wait = RESTART_MS; !stopping; wait = Math.min(wait * 2, MAX_RESTART_MS)) {
      try {
        ({ client, port } = await acquire(own, port, true));
        watch();
        return;
      } catch (error) {
        own.log(error instanceof Error ? error.message : String(error));
        await delay(wait);
      }
    }
  }

  watch();
  return {
    url,
    async stop() {
      stopping = true;
      await recovery;
      const running = findRunning(own.cluster);
      if (running !== undefined) await stopPostmaster(running.pid);
      await client.end().catch(() => undefined);
    },
  };
}

async function prepare(options: EmbeddedPostgresOptions): Promise<Cluster> {
  const log = options.log ?? (() => undefined);
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(options.dataDir);
  const home = join(dataDir, "postgres");
  const { cluster, password } = clusterPaths(home);
  const binaries = await findBinaries();
  const identity = await identityFor(cluster);
  if (!(await clusterExists(home))) {
    log(`setting up a private PostgreSQL in ${home}`);
    await createCluster(dataDir, home, binaries, identity);
  }
  return {
    home,
    cluster,
    password: (await readFile(password, "utf8")).trim(),
    binaries,
    identity,
    settings: options.settings ?? {},
    log,
  };
}

/** Finds or starts the server and becomes its owner. With `keepPort` only this port is used. */
async function acquire(
  own: Cluster,
  lastPort: number | undefined,
  keepPort: boolean,
): Promise<{ client: pg.Client; port: number }> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const running = findRunning(own.cluster);
    if (running !== undefined) {
      const client = await becomeOwner({ ...own, port: running.port }, () => !isAlive(running.pid));
      if (client !== undefined) return { client, port: running.port };
      continue; // The server ended while this process waited, so a new one is started.
    }
    const port =
      keepPort && lastPort !== undefined ? lastPort : await freePort(attempt === 1 ? lastPort : undefined);
    const child = await spawnPostmaster(own.binaries, own.identity, own.cluster, port, own.settings);
    // The server ends at once when another process took the port or started the same cluster. Then look
    // again.
    const client = await becomeOwner({ ...own, port }, () => hasEnded(child));
    if (client !== undefined) return { client, port };
  }
  throw new EmbeddedPostgresError(
    "start_failed",
    `The embedded PostgreSQL does not start. The end of ${logFile(own.cluster)}:\n${await logTail(own)}`,
  );
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Advisory locks belong to a database, and the owner's is in this one: no other role may come in and take it. */
async function keepOthersOut(client: pg.Client): Promise<void> {
  await client.query("REVOKE CONNECT ON DATABASE postgres FROM PUBLIC");
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
}

/**
 * Stored so that the next start uses the same port, and for people in the form of libpq's service files: `psql
 * service=lockstep` shows no password in the list of processes.
 */
async function saveUrl(own: Cluster, url: string): Promise<void> {
  const { url: file, service } = clusterPaths(own.home);
  const { hostname, port, username, password } = new URL(url);
  const lines = [
    "[lockstep]",
    `host=${hostname}`,
    `port=${port}`,
    `user=${username}`,
    `password=${password}`,
  ];
  await saveSecretly(service, [...lines, `dbname=${DATABASE}`].join("\n"));
  await saveSecretly(file, url);
}

async function saveSecretly(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, `${text}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function savedPort(own: Cluster): Promise<number | undefined> {
  const text = (await readFile(clusterPaths(own.home).url, "utf8").catch(() => "")).trim();
  const port = URL.canParse(text) ? Number(new URL(text).port) : 0;
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

async function logTail(own: Cluster): Promise<string> {
  const text = await readFile(logFile(own.cluster), "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-8).join("\n");
}

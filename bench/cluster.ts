import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../server/embedded/embedded-postgres.ts";
import { migrateQueue } from "../server/store/migrate-queue.ts";
import { migrate } from "../server/store/migrate.ts";

export interface Cluster {
  /** A folder for this run's files, removed with the cluster. */
  folder: string;
  /** Creates and migrates a database, and returns its address. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts one PostgreSQL for all contenders with its settings of production: every commit is on disk. */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-bench-"));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "server") });
  return {
    folder,
    async createDatabase() {
      const name = `bench_${randomBytes(6).toString("hex")}`;
      await administer(postgres.url, `CREATE DATABASE ${name}`);
      const url = new URL(postgres.url);
      url.pathname = `/${name}`;
      await migrate(url.href);
      await migrateQueue(url.href);
      return url.href;
    },
    async stop() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Creates a database whose `tasks` table has no triggers, for contenders without an outbox. */
export async function withoutTriggers(url: string): Promise<string> {
  await administer(url, "ALTER TABLE tasks DISABLE TRIGGER USER");
  return url;
}

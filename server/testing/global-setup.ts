import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../embedded/embedded-postgres.ts";
import { migrate } from "../store/migrate.ts";
import { migrateQueue } from "../store/migrate-queue.ts";

declare module "vitest" {
  export interface ProvidedContext {
    postgresUrl: string;
    templateDatabase: string;
    /** A folder that goes, with every embedded PostgreSQL directly under it, when the run ends. */
    runFolder: string;
  }
}

/** Nothing here outlives the run, so nothing need survive a power cut. */
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/**
 * One PostgreSQL for the whole test run: TEST_DATABASE_URL's, or a private one in a temporary folder. Holds one migrated template
 * database that `createTestDatabase` copies.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runFolder = await mkdtemp(join(tmpdir(), "lockstep-test-"));
  const letGo = holdFolder(runFolder);
  const server = await startServer(runFolder);
  const templateDatabase = `lockstep_template_${randomBytes(6).toString("hex")}`;
  await administer(server.url, `CREATE DATABASE ${templateDatabase}`);
  const template = new URL(server.url);
  template.pathname = `/${templateDatabase}`;
  await migrate(template.href);
  await migrateQueue(template.href);
  project.provide("postgresUrl", server.url);
  project.provide("templateDatabase", templateDatabase);
  project.provide("runFolder", runFolder);
  return async () => {
    await administer(server.url, `DROP DATABASE ${templateDatabase} WITH (FORCE)`);
    await server.stop();
    await rm(runFolder, { recursive: true, force: true });
    await letGo();
  };
}

async function startServer(runFolder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") return { url: given, stop: async () => undefined };
  return startEmbeddedPostgres({ dataDir: join(runFolder, "server"), settings: FAST });
}

/** Leaves the folder to a process that outlives us, as Ctrl-C ends a run without its teardown. */
function holdFolder(folder: string): () => Promise<void> {
  const reaper = spawn(process.execPath, [fileURLToPath(new URL("./reaper.mjs", import.meta.url)), folder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const gone = new Promise<void>((resolve) => reaper.once("exit", () => resolve()));
  return () => {
    reaper.stdin.end();
    return gone;
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

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startEmbeddedPostgres } from "../embedded/embedded-postgres.ts";
import { migrateQueue } from "../store/migrate-queue.ts";
import { migrate } from "../store/migrate.ts";

export interface TestServer {
  url: string;
  /** A migrated, empty database. Tests copy it instead of migrating. */
  templateDatabase: string;
  /** A folder that goes, with every embedded PostgreSQL directly under it, when the run ends. */
  runFolder: string;
  stop(): Promise<void>;
}

/** Nothing here outlives the run, so nothing need survive a power cut. */
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };

/** Starts the PostgreSQL of a test run: the one of TEST_DATABASE_URL, or a private one in a temporary folder. */
export async function startTestServer(): Promise<TestServer> {
  const runFolder = await mkdtemp(join(tmpdir(), "lockstep-test-"));
  const letGo = holdFolder(runFolder);
  const server = await startServer(runFolder);
  const templateDatabase = `lockstep_template_${randomBytes(6).toString("hex")}`;
  await administer(server.url, `CREATE DATABASE ${templateDatabase}`);
  const template = new URL(server.url);
  template.pathname = `/${templateDatabase}`;
  await migrate(template.href);
  await migrateQueue(template.href);
  return {
    url: server.url,
    templateDatabase,
    runFolder,
    async stop() {
      await administer(server.url, `DROP DATABASE ${templateDatabase} WITH (FORCE)`);
      await server.stop();
      await rm(runFolder, { recursive: true, force: true });
      await letGo();
    },
  };
}

/** A copy of a template, made in some 30 ms; returns its address. */
export async function copyDatabase(server: string, template: string, name: string): Promise<string> {
  // FILE_COPY is quicker than the default for a template this small. It checkpoints, which costs nothing without fsync.
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs one statement on a connection of its own. */
export async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function startServer(runFolder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") return { url: given, stop: async () => undefined };
  return startEmbeddedPostgres({ dataDir: join(runFolder, "server"), settings: FAST });
}

/** Leaves the folder to a process that outlives us, because Ctrl-C ends a run without its teardown. */
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

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
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
const FAST = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  // No database lives long enough to need it, and it would go round all of them.
  autovacuum: "off",
  max_connections: "300",
};

/**
 * Starts the PostgreSQL of a test run: the one of TEST_DATABASE_URL, or a private one in a temporary folder. The copies of
 * the template stay until it stops, because removing each by itself takes a third of the time of the tests.
 */
export async function startTestServer(): Promise<TestServer> {
  const runFolder = await mkdtemp(join(tmpdir(), "lockstep-test-"));
  const removeFolder = holdFolder(runFolder);
  const given = process.env.TEST_DATABASE_URL || undefined;
  const server =
    given === undefined
      ? await startEmbeddedPostgres({ dataDir: join(runFolder, "server"), settings: FAST })
      : { url: given, stop: () => dropDatabases(given, templateDatabase) };
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
      await server.stop();
      await removeFolder();
    },
  };
}

/** A database of the run, made from a template in some 30 ms; returns its address. */
export async function copyDatabase(
  { url: server, templateDatabase }: Pick<TestServer, "url" | "templateDatabase">,
  template = templateDatabase,
): Promise<string> {
  const name = `${templateDatabase}_${randomBytes(8).toString("hex")}`;
  // FILE_COPY is quicker than the default for a template this small. It checkpoints, which costs nothing without fsync.
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs one statement on a connection of its own. */
export async function administer<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Drops the template of a run and its copies. */
async function dropDatabases(url: string, template: string): Promise<void> {
  const ours = await administer<{ datname: string }>(
    url,
    `SELECT datname FROM pg_database WHERE starts_with(datname, '${template}')`,
  );
  for (const { datname } of ours) await administer(url, `DROP DATABASE ${datname} WITH (FORCE)`);
}

/** Leaves the folder to a process that outlives us, because Ctrl-C ends a run without its teardown. */
export function holdFolder(folder: string): () => Promise<void> {
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

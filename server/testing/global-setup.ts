import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../embedded/embedded-postgres.ts";
import { migrate } from "../store/migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    postgresUrl: string;
    templateDatabase: string;
  }
}

/** Nothing here outlives the run, so nothing need survive a power cut. */
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/**
 * One PostgreSQL for the whole test run: TEST_DATABASE_URL's, or a private one in a temporary folder. Holds one migrated template
 * database that `createTestDatabase` copies.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const templateDatabase = `lockstep_template_${randomBytes(6).toString("hex")}`;
  await administer(server.url, `CREATE DATABASE ${templateDatabase}`);
  const template = new URL(server.url);
  template.pathname = `/${templateDatabase}`;
  await migrate(template.href);
  project.provide("postgresUrl", server.url);
  project.provide("templateDatabase", templateDatabase);
  return async () => {
    await administer(server.url, `DROP DATABASE ${templateDatabase} WITH (FORCE)`);
    await server.stop();
  };
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") return { url: given, stop: async () => undefined };

  const dataDir = await mkdtemp(join(tmpdir(), "lockstep-test-"));
  const postgres = await startEmbeddedPostgres({ dataDir, settings: FAST });
  const stop = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  // Ctrl-C ends the run without its teardown.
  const interrupted = () => void stop().finally(() => process.exit(130));
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);
  return {
    url: postgres.url,
    stop: async () => {
      process.off("SIGINT", interrupted);
      process.off("SIGTERM", interrupted);
      await stop();
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

import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

export interface TestDatabase {
  url: string;
  /** Ends what is still connected and removes the database. */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own for a test file or a test: a copy of the run's template, made in some 30 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(`TEMPLATE ${inject("templateDatabase")}`);
}

/** A database with nothing in it, not even our tables. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase("TEMPLATE template0");
}

async function createDatabase(options: string): Promise<TestDatabase> {
  const name = `lockstep_test_${randomBytes(8).toString("hex")}`;
  // FILE_COPY is quicker than the default for a template this small; it checkpoints, which costs nothing without fsync.
  await administer(`CREATE DATABASE ${name} ${options} STRATEGY FILE_COPY`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

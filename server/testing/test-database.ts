import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { administer, copyDatabase } from "./test-server.ts";

export interface TestDatabase {
  url: string;
  /** Ends what is still connected and removes the database. */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own for a test file or a test. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(inject("templateDatabase"));
}

/** A database with nothing in it, not even our tables. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase("template0");
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  const name = `lockstep_test_${randomBytes(8).toString("hex")}`;
  const url = await copyDatabase(server, template, name);
  return { url, drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

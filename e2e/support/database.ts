import { copyDatabase } from "../../server/testing/test-server.ts";

/** Creates a database with Lockstep's tables and no rows, and returns its address. */
export function createMigratedDatabase(): Promise<string> {
  return copyDatabase(testServer());
}

/** Creates an empty database, as an operator does, and returns its address. */
export function createEmptyDatabase(): Promise<string> {
  return copyDatabase(testServer(), "template0");
}

function testServer(): { url: string; templateDatabase: string } {
  return { url: fromSetup("E2E_POSTGRES_URL"), templateDatabase: fromSetup("E2E_TEMPLATE_DATABASE") };
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: global-setup.ts has not run`);
  return value;
}

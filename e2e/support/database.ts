import { randomBytes } from "node:crypto";
import { copyDatabase } from "../../server/testing/test-server.ts";

/** A new database with our tables and no rows; returns its address. */
export async function createMigratedDatabase(): Promise<string> {
  return create(fromSetup("E2E_TEMPLATE_DATABASE"));
}

/** A new database with nothing in it, as an operator hands it over; returns its address. */
export async function createEmptyDatabase(): Promise<string> {
  return create("template0");
}

async function create(template: string): Promise<string> {
  const name = `e2e_${randomBytes(6).toString("hex")}`;
  return copyDatabase(fromSetup("E2E_POSTGRES_URL"), template, name);
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: global-setup.ts has not run`);
  return value;
}

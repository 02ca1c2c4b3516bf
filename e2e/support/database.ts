import { randomBytes } from "node:crypto";
import pg from "pg";

/** An empty database of its own on the server at this address. */
export async function createDatabase(server: string): Promise<string> {
  const name = `e2e_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

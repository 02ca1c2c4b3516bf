import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { connectionFailure, MigrationError } from "./migration-error.ts";
import { isLockTimeout } from "./source-lock.ts";

const MIGRATIONS = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
/** The advisory lock of `prisma migrate`, so that it and this function exclude each other. Any role can take it. */
const MIGRATION_LOCK = 72_707_369;
/** So it is waited for no longer than a migration takes. Among our own processes the history's table excludes. */
const PRISMA_WAIT = "10s";

/** The table of `prisma migrate deploy`, which can be used on the same database before and after. */
const HISTORY_TABLE = `
CREATE TABLE _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies the missing migrations in the order of their names. All of them and their history rows are one
 * transaction, so that a killed process leaves the database as before or as after, and the next start goes
 * on. (So a migration may not hold a statement that PostgreSQL forbids in a transaction, such as CREATE INDEX
 * CONCURRENTLY.) Processes that start together wait for each other.
 * @returns the names of the applied migrations.
 * @throws MigrationError, which names the database without its password.
 */
export async function migrate(databaseUrl: string, folder = MIGRATIONS): Promise<{ applied: string[] }> {
  const client = await connect(databaseUrl);
  try {
    const names = await migrationNames(folder);
    // As a rule there is nothing to do, and then nothing to wait for.
    if ((await missing(client, names)).length === 0) return { applied: [] };
    await client.query("BEGIN");
    await awaitPrisma(client);
    await lockHistory(client);
    const applied = await missing(client, names);
    for (const name of applied)
      await apply(client, name, await readFile(join(folder, name, "migration.sql"), "utf8"));
    await client.query("COMMIT");
    return { applied };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error instanceof MigrationError ? error : connectionFailure(databaseUrl, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  let client: pg.Client;
  try {
    client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 10_000,
      application_name: "lockstep migrate",
    });
    client.on("error", () => undefined);
    await client.connect();
  } catch (error) {
    throw connectionFailure(databaseUrl, error);
  }
  return client;
}

/** Waits for `prisma migrate`, where that is at work. */
async function awaitPrisma(client: pg.Client): Promise<void> {
  await client.query(`SAVEPOINT prisma; SET LOCAL lock_timeout = '${PRISMA_WAIT}'`);
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await client.query("SET LOCAL lock_timeout = 0; RELEASE SAVEPOINT prisma");
  } catch (error) {
    await client.query("ROLLBACK TO SAVEPOINT prisma");
    if (!isLockTimeout(error)) throw error;
  }
}

/** From here on this is the only migration of our own, as no other role has rights on the table. */
async function lockHistory(client: pg.Client): Promise<void> {
  if (!(await hasHistory(client)))
    await execute(client, HISTORY_TABLE, "The table of migrations cannot be created");
  await client.query("LOCK TABLE _prisma_migrations IN EXCLUSIVE MODE");
}

/** `to_regclass` may answer from what this session knew before it waited. */
async function hasHistory(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_tables WHERE tablename = '_prisma_migrations'
        AND schemaname = ANY (current_schemas(false))) AS found`,
  );
  return rows[0]?.found === true;
}

async function missing(client: pg.Client, names: readonly string[]): Promise<string[]> {
  const done = (await hasHistory(client)) ? await appliedMigrations(client) : new Set<string>();
  return names.filter((name) => !done.has(name));
}

async function appliedMigrations(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string; finished: boolean; logs: string | null }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished, logs
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const failed = rows.find((row) => !row.finished);
  if (failed !== undefined) {
    throw new MigrationError(
      "failed_earlier",
      `The migration ${failed.name} failed earlier and may be half done. Repair the database, then ` +
        "mark it with" +
        `"npx prisma migrate resolve --rolled-back ${failed.name}` +
        `" (or --applied).${failed.logs ? `\n${failed.logs}` : ""}`,
    );
  }
  return new Set(rows.map((row) => row.name));
}

async function migrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function apply(client: pg.Client, name: string, sql: string): Promise<void> {
  await execute(client, sql, `The migration ${name} failed and nothing was changed`);
  const checksum = createHash("sha256").update(sql).digest("hex");
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at,
      applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
}

async function execute(client: pg.Client, sql: string, failure: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const denied = code === "42501";
    throw new MigrationError(
      denied ? "denied" : "migration_failed",
      `${failure}: ` +
        `${message}${denied ? `. Grant the role ${client.user ?? ""} the right to create in this database.` : ""}`,
      { cause: error },
    );
  }
}

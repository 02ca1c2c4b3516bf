import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { createEmptyDatabase } from "../testing/test-database.ts";
import { migrate } from "./migrate.ts";

let database: string;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(join(inject("runFolder"), "migrations-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), sql);
}

async function query(sql: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query<pg.QueryResultRow>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("migrate", () => {
  it("brings an empty database up to date, once", async () => {
    const { applied } = await migrate(database);
    expect(applied[0]).toBe("0001_init");
    expect(await query("SELECT count(*)::int AS n FROM tasks")).toEqual([{ n: 0 }]);
    expect(await migrate(database)).toEqual({ applied: [] });
  });

  it("applies each migration once when processes start together", async () => {
    await addMigration("0001_a", "CREATE TABLE a (id int)");
    await addMigration("0002_b", "CREATE TABLE b (id int)");
    const results = await Promise.all([1, 2, 3].map(() => migrate(database, folder)));
    expect(results.flatMap((result) => result.applied)).toEqual(["0001_a", "0002_b"]);
  });

  it("applies only new migrations, in the order of their names", async () => {
    await addMigration("0001_a", "CREATE TABLE a (id int)");
    await migrate(database, folder);
    await addMigration("0003_c", "ALTER TABLE b ADD COLUMN c int");
    await addMigration("0002_b", "CREATE TABLE b (id int)");
    expect(await migrate(database, folder)).toEqual({ applied: ["0002_b", "0003_c"] });
  });

  it("leaves the database as it was when a migration fails, and goes on once it is repaired", async () => {
    await addMigration("0001_a", "CREATE TABLE a (id int)");
    await addMigration("0002_b", "CREATE TABLE b (id int); SELECT nonsense");
    await expect(migrate(database, folder)).rejects.toMatchObject({
      code: "migration_failed",
      message: expect.stringMatching(/0002_b.*nonsense/) as string,
    });
    expect(await query("SELECT to_regclass('a') AS a, to_regclass('b') AS b")).toEqual([
      { a: null, b: null },
    ]);
    await addMigration("0002_b", "CREATE TABLE b (id int)");
    expect(await migrate(database, folder)).toEqual({ applied: ["0001_a", "0002_b"] });
  });

  it("refuses to go on after a failed migration of another tool", async () => {
    await addMigration("0001_a", "CREATE TABLE a (id int)");
    await migrate(database, folder);
    await query("UPDATE _prisma_migrations SET finished_at = NULL, logs = 'the reason'");
    await expect(migrate(database, folder)).rejects.toMatchObject({
      code: "failed_earlier",
      message: expect.stringMatching(/0001_a[\s\S]*the reason/) as string,
    });
  });

  it("names the role that may not create tables", async () => {
    const role = new URL(database).pathname.slice(1).replace("template", "role");
    await query(`CREATE ROLE ${role} LOGIN PASSWORD 'only-for-this'`);
    const url = new URL(database);
    url.username = role;
    url.password = "only-for-this";
    await expect(migrate(url.href)).rejects.toMatchObject({
      code: "denied",
      message: expect.stringContaining(role) as string,
    });
    await query(`DROP ROLE ${role}`);
  });

  it("names an unreachable server by host and port, without the password", async () => {
    const error = await migrate("postgresql://me:hush-hush@127.0.0.1:1/x").catch((e: unknown) => e as Error);
    expect(error).toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("127.0.0.1:1") as string,
    });
    expect(String(error)).not.toContain("hush-hush");
  });

  it("has different messages for a wrong password, a missing database and no answer", async () => {
    const wrong = new URL(database);
    wrong.password = "not-the-password";
    await expect(migrate(wrong.href)).rejects.toMatchObject({ code: "denied" });
    const missing = new URL(database);
    missing.pathname = "/no_such_database";
    await expect(migrate(missing.href)).rejects.toMatchObject({ code: "denied" });
  });

  it("writes the history that `prisma migrate deploy` reads, and reads its history", async () => {
    const deploy = await loadEngine();
    await addMigration("0001_a", "CREATE TABLE a (id int);");
    await migrate(database, folder);
    expect(await deploy(database, folder, ["0001_a"])).toEqual([]);

    await addMigration("0002_b", "CREATE TABLE b (id int);");
    expect(await deploy(database, folder, ["0001_a", "0002_b"])).toEqual(["0002_b"]);
    expect(await migrate(database, folder)).toEqual({ applied: [] });
  });
});

interface SchemaEngine {
  applyMigrations(input: object): Promise<{ appliedMigrationNames: string[] }>;
}

/**
 * Runs `prisma migrate deploy`: Prisma's own engine in its WebAssembly form, loaded by hand because Node has
 * no loader for it. (It splits a script at every semicolon, so it could not run our migrations, which define
 * functions.)
 */
async function loadEngine(): Promise<(url: string, baseDir: string, names: string[]) => Promise<string[]>> {
  const home = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const glue = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as {
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
    SchemaEngine: { new: (options: object, log: () => void, adapter: object) => Promise<SchemaEngine> };
  } & WebAssembly.ModuleImports;
  const module = await WebAssembly.compile(await readFile(join(home, "schema_engine_bg.wasm")));
  const { exports } = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();

  return async (url, baseDir, names) => {
    // The pool is ended below, because the engine keeps its advisory lock until the connection ends.
    const pool = new pg.Pool({ connectionString: url });
    const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
    const datamodel = 'datasource db {\n  provider = "postgresql"\n}\n';
    const engine = await glue.SchemaEngine.new(
      { datamodels: [["schema.prisma", datamodel]] },
      () => undefined,
      adapter,
    );
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir,
        lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories: await Promise.all(names.map((name) => migrationDirectory(baseDir, name))),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    await pool.end();
    return appliedMigrationNames;
  };
}

async function migrationDirectory(baseDir: string, name: string): Promise<object> {
  const value = await readFile(join(baseDir, name, "migration.sql"), "utf8");
  return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok", value } } };
}

import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEmptyDatabase } from "../testing/test-database.ts";
import { administer } from "../testing/test-server.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";
import { lockRow, tryLockRow } from "./lock-rows.ts";
import { migrateQueue } from "./migrate-queue.ts";
import { migrate } from "./migrate.ts";
import { nextIntegerId } from "./next-id.ts";
import { lockSourceSettings } from "./source-settings.ts";
import { lockScheduledSources } from "./sources.ts";
import { inTransaction } from "./transaction.ts";

/** Every advisory lock that a release of Lockstep has taken, as the source code tells everybody. */
const GUESSABLE = `
  SELECT pg_advisory_lock(hashtextextended(name, 0))
    FROM unnest(ARRAY['lockstep:source:default', 'lockstep:ids:default', 'lockstep:settings', 'lockstep:tick']) AS name;
  SELECT pg_advisory_lock(72707369), pg_advisory_lock(7105114), pg_advisory_lock(7105113)`;

let source: TestSource;
let opened: pg.Client[] = [];
/** A role with a password and with no other right than those that are granted here. */
const stranger = async (database: string, grants = ""): Promise<pg.Client> => {
  const name = `stranger_${randomBytes(4).toString("hex")}`;
  await administer(database, `CREATE ROLE ${name} LOGIN PASSWORD 'x'; ${grants.replaceAll("$who", name)}`);
  const url = new URL(database);
  Object.assign(url, { username: name, password: "x" });
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  opened.push(client);
  return client;
};

beforeEach(async () => {
  source = await startTestSource();
});
afterEach(async () => {
  await Promise.all(opened.map((client) => client.end()));
  opened = [];
  await source.stop();
});

describe("a role without rights", () => {
  it("stops no run and nothing else by taking every lock whose number it can know", async () => {
    const them = await stranger(source.url);
    await them.query(GUESSABLE);
    await source.edit("description: Check", "description: By hand");
    expect(await source.run("watch")).toMatchObject({ outcome: "succeeded", counts: { updated: 1 } });
    await inTransaction(source.pool, async (tx) => {
      await tx.query("SET LOCAL lock_timeout = '2s'");
      expect(await nextIntegerId(tx, "default")).toBe(4);
      await lockSourceSettings(tx);
      expect(await lockScheduledSources(tx, undefined)).not.toBeNull();
    });
    await migrate(source.url);
    await migrateQueue(source.url);
  });

  it("stops no first start either", async () => {
    const database = await createEmptyDatabase();
    await (await stranger(database)).query(GUESSABLE);
    expect((await migrate(database)).applied).toContain("0007_locks");
  });

  it.each([
    ["SELECT FROM locks WHERE name = 'source:default' FOR UPDATE"],
    ["SELECT FROM locks FOR KEY SHARE"],
    ["LOCK TABLE locks IN ACCESS SHARE MODE"],
    ["INSERT INTO locks (name) VALUES ('source:other')"],
  ])("cannot take ours: %s", async (statement) => {
    const them = await stranger(source.url, "GRANT SELECT, INSERT, UPDATE, DELETE ON tasks TO $who");
    await expect(them.query(`BEGIN; ${statement}`)).rejects.toMatchObject({ code: "42501" });
  });
});

it("a lock excludes another transaction until the one that has it ends", async () => {
  await inTransaction(source.pool, async (tx) => {
    await lockRow(tx, "a name");
    await inTransaction(source.pool, async (other) => {
      expect(await tryLockRow(other, "another name")).toBe(true);
      expect(await tryLockRow(tx, "a name")).toBe(true);
    });
  });
  await inTransaction(source.pool, async (tx) => {
    await lockRow(tx, "a name");
    await inTransaction(source.pool, async (other) => expect(await tryLockRow(other, "a name")).toBe(false));
  });
  await inTransaction(source.pool, async (tx) => expect(await tryLockRow(tx, "a name")).toBe(true));
});

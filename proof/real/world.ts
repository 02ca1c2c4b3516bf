import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { provideEnv } from "../../config/env.ts";
import { closePool, createPool } from "../../server/store/pool.ts";
import { administer, copyDatabase } from "../../server/testing/test-server.ts";
import { MEDDLING } from "./meddling.ts";

/** A database and a folder for many stories, one source each. */
export interface World {
  url: string;
  folder: string;
  /** The connections of people. */
  people: pg.Pool;
  /** From now on the commands that stand for the API find this world's database, of which a process has one. */
  enter(): Promise<void>;
  close(): Promise<void>;
}

/** The address of the database that the commands find. */
let entered: string | null = null;

/** @param server a PostgreSQL with a migrated template, as `startTestServer` gives it. */
export async function openWorld(server: { url: string; templateDatabase: string }): Promise<World> {
  const url = await copyDatabase(server);
  const folder = await mkdtemp(join(tmpdir(), "lockstep-proof-"));
  const people = createPool(url, 6);
  await people.query(MEDDLING);
  return {
    url,
    folder,
    people,
    enter: async () => {
      if (entered === url) return;
      await leave();
      provideEnv({ DATABASE_URL: url, DATA_DIR: folder, LOG_LEVEL: "silent", SYNC_WAIT_MS: "2000" });
      entered = url;
    },
    close: async () => {
      if (entered === url) await leave();
      await people.end();
      await administer(server.url, `DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function leave(): Promise<void> {
  entered = null;
  await closePool();
}

import type pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RouteKey } from "../../lib/protocol/routes.ts";
import { isReady } from "../queries/readiness.ts";
import { lockRowSql } from "../store/lock-rows.ts";
import { pool } from "../store/pool.ts";
import { letGo, startTestWorker } from "../testing/commands.ts";
import { SAMPLE, SOURCE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { inTransaction } from "../store/transaction.ts";
import type { RunningWorker } from "../worker/start-worker.ts";
import { knownError } from "./known-error.ts";
import { script } from "./testing/access-calls.ts";
import { RouteModules } from "./testing/route-modules.ts";
import { API_TOKEN } from "./testing/test-env.ts";

/** How long a write may wait in total, for its row and then for its run. */
const WAIT_MS = 2_000;
/** The longest wait that the tests accept, because a slow machine adds to the wait. */
const BOUND_MS = WAIT_MS + 3_000;

let source: TestSource;
let worker: RunningWorker;
let routes: RouteModules;
/** A psql session with an open transaction. */
let psql: pg.PoolClient;

beforeEach(async () => {
  source = await startTestSource();
  worker = await startTestWorker(source, {
    API_TOKEN,
    RATE_LIMIT_PER_MINUTE: "0",
    AUTO_SYNC_ENABLED: "false",
    SYNC_WAIT_MS: String(WAIT_MS),
  });
  routes = await RouteModules.load();
  psql = await source.pool.connect();
  await psql.query("BEGIN");
});
afterEach(async () => {
  psql.release(true);
  await worker.stop();
  await letGo();
  await source.stop();
});

interface Answered {
  status: number;
  body: { code?: string; detail?: string; sync?: object };
  retryAfter: string | null;
  ms: number;
}

async function call(
  key: RouteKey,
  given: { id?: string; body?: object; query?: string } = {},
): Promise<Answered> {
  const began = performance.now();
  const { body, ...rest } = given;
  const response = await routes.call(key, script, { ...rest, body: JSON.stringify(body ?? {}) });
  return {
    status: response.status,
    body: (await response.json()) as Answered["body"],
    retryAfter: response.headers.get("retry-after"),
    ms: performance.now() - began,
  };
}

const patch = (id: string, description: string) =>
  call("PATCH /api/tasks/:id", { id, body: { description } });

function expectHeld({ status, body, retryAfter, ms }: Answered, what: string): void {
  expect({ status, code: body.code }).toEqual({ status: 503, code: "unavailable" });
  expect(body.detail).toContain(what);
  expect(body.detail).toContain("nothing was changed");
  expect(Number(retryAfter)).toBeGreaterThan(0);
  expect(ms).toBeLessThan(BOUND_MS);
}

describe("a row that an open transaction holds", () => {
  it.each(["PATCH /api/tasks/:id", "PUT /api/tasks/:id", "DELETE /api/tasks/:id"] as const)(
    "%s says so in time, and changes nothing",
    async (key) => {
      await psql.query("SELECT 1 FROM tasks WHERE id = '2' FOR UPDATE");
      const before = await source.everything();
      const task = { skill_name: "other", schedule_cron: "1 1 * * *" };
      expectHeld(await call(key, { id: "2", body: task }), "task 2");
      expect(await source.everything()).toEqual(before);
      expect(await source.read()).toBe(SAMPLE);
      await psql.query("COMMIT");
      expect((await patch("2", "Later")).body.sync).toEqual({ state: "synced" });
    },
  );

  it("is written when it is free in time", async () => {
    await psql.query("SELECT 1 FROM tasks WHERE id = '2' FOR UPDATE");
    const patched = patch("2", "In time");
    // The first attempt has given its connection back.
    const idle = new Promise((resolve) => pool().once("release", resolve));
    await idle;
    await psql.query("COMMIT");
    expect((await patched).status).toBe(200);
    expect(await source.read()).toContain("description: In time");
  });

  it("more than twenty waiting writes of it leave connections for other requests", async () => {
    await psql.query("SELECT 1 FROM tasks WHERE id = '2' FOR UPDATE");
    let answered = 0;
    const held = [...Array(40).keys()].map((n) => patch("2", `Held ${n}`).finally(() => answered++));
    const free = patch("3", "Free");
    const reads = await Promise.all([call("GET /api/tasks"), call("GET /api/tasks/:id", { id: "2" })]);
    // They did not wait until one of the writes had given up.
    expect(answered).toBe(0);
    expect([...reads, await free].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await source.read()).toContain("description: Free");
    for (const answer of await Promise.all(held)) expectHeld(answer, "task 2");
  });

  it("an id that an open transaction has inserted cannot be created meanwhile", async () => {
    const values = "('4', 'theirs', '1 1 * * *')";
    await psql.query(`INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ${values}`);
    const task = { skill_name: "ours", schedule_cron: "1 1 * * *" };
    const [given, next] = await Promise.all([
      call("POST /api/tasks", { body: { ...task, id: 4 } }),
      call("POST /api/tasks", { body: task }),
    ]);
    expectHeld(given, "task 4");
    expectHeld(next, "new task");
    await psql.query("COMMIT");
    expect((await call("POST /api/tasks", { body: task })).status).toBe(201);
    expect(await source.row(5)).toMatchObject({ skill_name: "ours" });
  });

  it("a session that holds the counter of ids delays other requests only for a limited time", async () => {
    await psql.query(lockRowSql(`ids:${SOURCE}`));
    const task = { skill_name: "ours", schedule_cron: "1 1 * * *" };
    expectHeld(await call("POST /api/tasks", { body: task }), "new task");
  });
});

describe("a table that an open transaction has locked", () => {
  it("is not called ready, because every page reads it", async () => {
    expect(await isReady()).toBe(true);
    await psql.query("LOCK TABLE tasks");
    const since = performance.now();
    expect(await isReady()).toBe(false);
    expect(performance.now() - since).toBeLessThan(BOUND_MS);
    await psql.query("COMMIT");
    expect(await isReady()).toBe(true);
  });

  it("is answered in time by reads and writes, and read again afterwards", async () => {
    await psql.query("LOCK TABLE tasks");
    const answers = await Promise.all([
      call("GET /api/tasks"),
      call("GET /api/tasks/:id", { id: "2" }),
      call("GET /api/sources"),
      patch("2", "Held"),
    ]);
    // The status counts no tasks, so that it still tells what is wrong.
    expect((await call("GET /api/sync/status")).status).toBe(200);
    for (const { status, body, retryAfter, ms } of answers) {
      expect({ status, code: body.code }).toEqual({ status: 503, code: "unavailable" });
      expect(body.detail).toContain("another database transaction");
      expect(retryAfter).not.toBeNull();
      expect(ms).toBeLessThan(BOUND_MS);
    }
    await psql.query("COMMIT");
    expect((await call("GET /api/tasks")).status).toBe(200);
    expect((await patch("2", "Free")).body.sync).toEqual({ state: "synced" });
  });

  it("a statement that takes too long is ended, and the answer says so", async () => {
    const [limit] = (await pool().query<{ statement_timeout: string }>("SHOW statement_timeout")).rows;
    expect(limit).toEqual({ statement_timeout: "30s" });
    const slow = inTransaction(pool(), async (tx) => {
      await tx.query("SET LOCAL statement_timeout = 10");
      await tx.query("SELECT pg_sleep(10)");
    });
    expect(knownError(await slow.catch((error: unknown) => error))).toMatchObject({ code: "unavailable" });
  });

  it("settings that another session holds are answered in time too", async () => {
    await psql.query("SELECT 1 FROM sources FOR UPDATE");
    const { status, body, ms } = await call("PATCH /api/sources/:id", {
      id: SOURCE,
      body: { staleness_threshold_minutes: 7 },
    });
    expect({ status, code: body.code }).toEqual({ status: 503, code: "unavailable" });
    expect(ms).toBeLessThan(BOUND_MS);
  });
});

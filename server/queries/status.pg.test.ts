import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { env } from "../../config/env.ts";
import { statusSchema } from "../../lib/protocol/status.ts";
import { pool } from "../store/pool.ts";
import { workerName } from "../store/workers.ts";
import { getStatus } from "./status.ts";
import { addConflict, addRun, addSource, addTask, addWorker } from "./testing/sample-rows.ts";
import { useDatabase } from "./testing/use-database.ts";

const database = useDatabase();
let connection: pg.Client;
beforeAll(async () => {
  connection = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: workerName("default"),
  });
  await connection.connect();
});
afterAll(() => connection.end());
beforeEach(async () => {
  await database.empty();
  await addWorker(["default", "off"]);
});

describe("getStatus", () => {
  it("is empty before a source is registered, and refuses an unknown source", async () => {
    expect(await getStatus(undefined)).toMatchObject({ sync_status: "unknown", file: null, last_run: null });
    await expect(getStatus("default")).rejects.toMatchObject({ code: "not_found" });
  });

  it("is unknown until a run, then synced", async () => {
    await addSource("default", {
      file_revision: "abc",
      file_size: 1234,
      file_modified_at: "2026-01-01T00:00:00Z",
      next_sync_at: "2026-01-01T00:10:00.250Z",
    });
    expect((await getStatus(undefined)).sync_status).toBe("unknown");
    await addRun({ outcome: "failed" });
    const id = await addRun();
    const status = await getStatus(undefined);
    expect(status).toMatchObject({
      source: "default",
      sync_status: "synced",
      phase: "idle",
      last_run: { id, outcome: "succeeded", duration_ms: 250 },
      next_run_at: "2026-01-01T00:10:00.250Z",
      conflicts: 0,
      pending: 0,
      file: {
        path: "config/default.yml",
        revision: "abc",
        size: 1234,
        modified_at: "2026-01-01T00:00:00.000Z",
      },
      auto_sync: true,
    });
    expect(statusSchema.safeParse(status).error).toBeUndefined();
  });

  it("of several sources is the worst, without sources that are switched off and never ran", async () => {
    await addSource("default");
    await addRun();
    await addSource("off", { settings: JSON.stringify({ is_sync_enabled: false }) });
    expect(await getStatus(undefined)).toMatchObject({ source: null, sync_status: "synced" });
    await addSource("new");
    expect(await getStatus(undefined)).toMatchObject({ sync_status: "unknown" });
  });

  it("counts each waiting task once, pending or edited", async () => {
    await addSource("default", { compared_at: "2026-01-01T00:00:00Z" });
    await addTask({ id: "1" });
    await addTask({ id: "2" });
    await pool().query(
      "INSERT INTO pending_tasks (source, task_id, reason) VALUES ('default', '1', 'held'), ('other', " +
        "'9', 'held')",
    );
    await pool().query("UPDATE tasks SET description = 'x' WHERE id = '2'");
    expect(await getStatus(undefined)).toMatchObject({ sync_status: "out-of-sync", pending: 2 });
  });

  it("counts only waiting conflicts", async () => {
    await addSource("default", { compared_at: "2026-01-01T00:00:00Z" });
    await addConflict({ task_id: "1", state: "resolved" });
    expect(await getStatus(undefined)).toMatchObject({ sync_status: "synced", conflicts: 0 });
    await addConflict({ task_id: "1" });
    expect(await getStatus(undefined)).toMatchObject({ sync_status: "out-of-sync", conflicts: 1 });
  });

  it("shows problems, halt, phase and progress as they are stored", async () => {
    const problems = [{ code: "yaml_syntax", message: "bad", line: 3, column: 5 }];
    const halt = { reason: "too many", plan_hash: "h", deletions: ["1", "2"] };
    await addSource("default", {
      problems: JSON.stringify(problems),
      halt: JSON.stringify(halt),
      phase: "executing",
      progress: JSON.stringify({ done: 1, total: 9 }),
      compared_at: "2026-01-01T00:00:00Z",
    });
    const status = await getStatus("default");
    expect(status).toMatchObject({
      sync_status: "unknown",
      problems,
      halt,
      phase: "executing",
      progress: { done: 1, total: 9 },
    });
  });
});

describe("synced is reported only on evidence", () => {
  beforeEach(async () => {
    await addSource("default", { compared_at: "2026-01-01T00:00:00Z" });
    await pool().query("DELETE FROM workers");
  });
  const known = async () => {
    const { sync_status, sync_status_reason } = await getStatus(undefined);
    return [sync_status, sync_status_reason?.code ?? null];
  };

  it("not without a worker", async () => {
    expect(await known()).toEqual(["unknown", "no_worker"]);
  });

  it("not while the worker stands still, although its connection is open", async () => {
    await addWorker(["default"], { answered_at: new Date(Date.now() - 60_000) });
    expect(await known()).toEqual(["unknown", "no_worker"]);
    expect((await getStatus(undefined)).worker_answered_at).not.toBeNull();
  });

  it("not while no worker watches the file", async () => {
    await addWorker([]);
    expect(await known()).toEqual(["unknown", "not_watching"]);
  });

  it("not while a request for a run waits for longer than a moment", async () => {
    await addWorker(["default"]);
    const ask = (seconds: number) =>
      pool().query(
        "INSERT INTO sync_requests (source, trigger, requested_by, created_at) " +
          "VALUES ('default', 'watch', 'file', now() - $1 * interval '1 second')",
        [seconds],
      );
    await ask(1);
    expect(await known()).toEqual(["synced", null]);
    await pool().query("DELETE FROM sync_requests");
    await ask(60);
    expect(await known()).toEqual(["unknown", "not_looked_at"]);
  });

  it("but when all evidence is there", async () => {
    await addWorker(["default"]);
    expect(await known()).toEqual(["synced", null]);
    expect((await getStatus(undefined)).last_compared_at).toBe("2026-01-01T00:00:00.000Z");
  });
});

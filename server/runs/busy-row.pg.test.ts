import { afterEach, beforeEach, expect, it } from "vitest";
import type pg from "pg";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
let other: pg.PoolClient;

beforeEach(async () => {
  source = await startTestSource();
  // Somebody has psql open and forgot to commit.
  other = await source.pool.connect();
  await other.query("BEGIN");
  await other.query("UPDATE tasks SET description = 'not committed yet' WHERE id = '2'");
});
afterEach(async () => {
  await other.query("ROLLBACK").catch(() => undefined);
  other.release();
  await source.stop();
});

it("a row in somebody's open transaction waits alone: every other task goes on, in both directions", async () => {
  await source.edit("keep_days: 30", "keep_days: 60");
  await source.edit("timeout: 10", "timeout: 20");
  await source.sql("UPDATE tasks SET description = 'Weekly' WHERE id = '3'");
  const run = await source.run();
  expect(run).toMatchObject({
    outcome: "succeeded",
    counts: { updated: 2 },
    problems: [{ code: "row_busy", task_id: "2" }],
  });
  expect((await source.row(1))?.["params"]).toEqual({ keep_days: 60 });
  expect(await source.read()).toContain("description: Weekly");
  expect(await source.pending()).toEqual({ "2": "busy" });
  expect(await source.sql("SELECT 1 FROM graphile_worker.jobs WHERE key = 'retry:default'")).toHaveLength(1);

  await other.query("COMMIT");
  expect((await source.run("database")).problems).toEqual([]);
  expect(await source.row(2)).toMatchObject({ description: "not committed yet", params: { timeout: 20 } });
  await source.expectInStep();
});

it("is neither deleted nor taken for deleted meanwhile", async () => {
  await source.edit(/\n {2}- id: 2[^]*?\n\n/, "\n");
  await source.run();
  expect(await source.pending()).toEqual({ "2": "busy" });
  await other.query("ROLLBACK");
  await source.run("schedule");
  expect(await source.row(2)).toBeUndefined();
  await source.expectInStep();
});

import { afterEach, beforeEach, expect, it } from "vitest";
import type pg from "pg";
import { startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";

let source: TestSource;
let other: pg.PoolClient;

beforeEach(async () => {
  source = await startTestSource();
  // A person has psql open and forgot to commit.
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

it("a row that a run has read is edited before or after it, and not while it decides", async () => {
  await other.query("ROLLBACK");
  await source.edit("description: Back up", "description: by hand");
  // The run reads the rows before it comes to the conflicts.
  await other.query("BEGIN; LOCK TABLE conflicts IN ACCESS EXCLUSIVE MODE");
  const running = source.run("watch");
  const waits = (what: string) =>
    source.sql(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1",
      [what],
    );
  await waitFor(async () => (await waits("%FROM conflicts%")).length > 0, { what: "the run to wait" });
  let edited = false;
  const edit = source
    .sql(`UPDATE tasks SET params = params || '{"by": "sql"}' WHERE id = '1'`)
    .then(() => (edited = true));
  await waitFor(async () => edited || (await waits("UPDATE tasks SET params%")).length > 0, {
    what: "the edit to be made or to wait",
  });
  await other.query("COMMIT");
  await Promise.all([running, edit]);
  await source.run("database");
  expect(await source.row(1)).toMatchObject({
    description: "by hand",
    params: { keep_days: 30, by: "sql" },
  });
  await source.expectInStep();
});

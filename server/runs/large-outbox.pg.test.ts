import { afterEach, beforeEach, expect, it } from "vitest";
import { recordFailure } from "./record-failure.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

const EDITS = 300_000;
/** PostgreSQL stores it compressed. Written out as JSON, so many edits by it are more than a `jsonb` value holds. */
const LONG_NAME = "a".repeat(3_000);

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
  await source.sql("UPDATE tasks SET description = 'by sql' WHERE id = '3'");
  await source.sql(
    "INSERT INTO task_edits (source, task_id, actor) SELECT 'default', (n % 3 + 1)::text, CASE WHEN n % 3 = 0 THEN $1 ELSE 'ada' END FROM generate_series(1, $2::int) n",
    [LONG_NAME, EDITS],
  );
});
afterEach(() => source.stop());

const edits = () => source.sql("SELECT task_id FROM task_edits ORDER BY id");

it("an outbox with very many edits of few tasks is worked off by one run, in moderate time", async () => {
  const began = performance.now();
  const run = await source.run("database");
  expect(run).toMatchObject({ outcome: "succeeded", counts: { updated: 1 } });
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(await source.read()).toContain("description: by sql");
  expect(await edits()).toEqual([]);
  await source.expectInStep();
});

it("a failure is recorded without reading the outbox, and every edit stays in it", async () => {
  await source.request("manual");
  const [before] = await source.sql("SELECT count(*)::int AS edits, max(id) AS newest FROM task_edits");
  expect(await recordFailure(source.context, new Error("something else"))).toMatchObject({ failures: 1 });
  expect(await source.problems()).toMatchObject([{ code: "run_failed" }]);
  expect(await source.sql("SELECT count(*)::int AS edits, max(id) AS newest FROM task_edits")).toEqual([
    before,
  ]);
});

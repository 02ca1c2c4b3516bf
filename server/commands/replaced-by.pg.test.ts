import { beforeEach, expect, it } from "vitest";
import { useDatabase } from "../queries/testing/use-database.ts";
import { addSource } from "../queries/testing/sample-rows.ts";
import { pool } from "../store/pool.ts";
import { withReplacingRuns } from "./replaced-by.ts";

const database = useDatabase();
beforeEach(() => database.empty());

const time = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, "0")}.000Z`;

async function run(source: string, from: number, until: number, by: string): Promise<void> {
  await pool().query(
    `INSERT INTO runs (source, trigger, requested_by, outcome, started_at, finished_at, counts)
     VALUES ($1, 'api', $2, 'succeeded', $3, $4, '{}')`,
    [source, by, time(from), time(until)],
  );
}

it("a kept version is told with the run of its source that was under way, and without one that is gone", async () => {
  await addSource("eu");
  await addSource("us");
  await run("eu", 10, 12, "user:ada@example.com");
  await run("us", 10, 12, "user:grace@example.com");
  await run("eu", 20, 22, "sql");
  const kept = (second: number) => ({ name: `v${second}`, at: time(second), size: 1 });
  const found = await withReplacingRuns("eu", [kept(21), kept(15), kept(11), kept(5)]);
  expect(found.map(({ name, replaced_by }) => [name, replaced_by?.requested_by])).toEqual([
    ["v21", "sql"],
    ["v15", undefined],
    ["v11", "user:ada@example.com"],
    ["v5", undefined],
  ]);
  expect(await withReplacingRuns("eu", [])).toEqual([]);
});

import { beforeEach, expect, it } from "vitest";
import { statsSchema } from "../../lib/protocol/stats.ts";
import { getStats } from "./stats.ts";
import { addRun } from "./testing/sample-rows.ts";
import { useDatabase } from "./testing/use-database.ts";

const database = useDatabase();
beforeEach(() => database.empty());

const NOW = new Date("2026-03-10T12:30:00.000Z");
const counts = JSON.stringify({ created: 1, updated: 2, deleted: 3, merged: 9, conflicts: 9, problems: 9 });
const addAt = (start: string, milliseconds: number, values = {}) =>
  addRun({
    started_at: start,
    finished_at: new Date(Date.parse(start) + milliseconds).toISOString(),
    counts,
    ...values,
  });

it("has totals, rates and durations, in all, by source and by period", async () => {
  for (let i = 1; i <= 18; i += 1) await addAt("2026-03-10T12:00:00Z", i * 10);
  await addAt("2026-03-09T13:00:00Z", 1_000, { outcome: "conflicted", source: "other" });
  await addAt("2026-03-09T13:05:00Z", 2_000, { outcome: "failed", source: "other" });
  // Before the range.
  await addAt("2026-03-09T12:59:59Z", 9_000, { outcome: "halted" });

  const stats = await getStats({ range: "day" }, NOW);
  expect(statsSchema.safeParse(stats).error).toBeUndefined();
  expect(stats).toMatchObject({ from: "2026-03-09T13:00:00.000Z", to: NOW.toISOString() });
  expect(stats.totals).toEqual({
    ...{ runs: 20, succeeded: 18, conflicted: 1, halted: 0, failed: 1 },
    ...{ created: 20, updated: 40, deleted: 60 },
    success_rate: 0.95,
    // 23 hours and a half.
    runs_per_hour: 0.85,
    changes_per_hour: 5.11,
    duration_ms: { average: 235.5, median: 105, p95: 1050, longest: 2000 },
  });
  expect(stats.sources.map(({ source, runs, success_rate }) => [source, runs, success_rate])).toEqual([
    ["default", 18, 1],
    ["other", 2, 0.5],
  ]);
  expect(stats.buckets.map(({ at, runs, runs_per_hour }) => [at, runs, runs_per_hour])).toEqual([
    ["2026-03-09T13:00:00.000Z", 2, 2],
    // Half of this hour has passed.
    ["2026-03-10T12:00:00.000Z", 18, 36],
  ]);
  const month = await getStats({ range: "month" }, NOW);
  expect([month.totals.runs, month.totals.halted, month.buckets.length]).toEqual([21, 1, 2]);
});

it("of one source, and of none that has run, has no others and no rates", async () => {
  await addAt("2026-03-10T12:00:00Z", 10);
  await addAt("2026-03-10T12:00:00Z", 30, { source: "other" });
  const other = await getStats({ range: "week", source: "other" }, NOW);
  expect(other.totals).toMatchObject({ runs: 1, duration_ms: { median: 30 } });
  expect(other.sources.map(({ source }) => source)).toEqual(["other"]);
  expect(await getStats({ range: "day", source: "idle" }, NOW)).toMatchObject({
    totals: { runs: 0, success_rate: null, runs_per_hour: 0, changes_per_hour: 0, duration_ms: null },
    sources: [],
    buckets: [],
  });
});

import { expect, it } from "vitest";
import type { RunSummary } from "../../lib/protocol/run.ts";
import { byDay, dayInWords } from "./by-day.ts";

it("groups runs by day, and keeps their order", () => {
  const at = (id: string, started_at: string) => ({ id, started_at }) as RunSummary;
  const runs = [
    at("c", "2026-11-22T09:00:00.000Z"),
    at("b", "2026-11-22T00:00:00.000Z"),
    at("a", "2026-11-20T23:59:59.999Z"),
  ];
  expect(byDay(runs).map(({ day, runs: of }) => [day, of.map((run) => run.id)])).toEqual([
    ["2026-11-22", ["c", "b"]],
    ["2026-11-20", ["a"]],
  ]);
});

it("names a day", () => {
  const now = Date.parse("2026-11-22T00:00:01Z");
  expect(["2026-11-22", "2026-11-21", "2026-11-20"].map((day) => dayInWords(day, now))).toEqual([
    "Today",
    "Yesterday",
    "Friday, 20 November 2026",
  ]);
  expect(dayInWords("2026-11-22", 0)).toBe("Sunday, 22 November 2026");
});

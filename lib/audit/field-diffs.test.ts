import { expect, it } from "vitest";
import { fieldDiffs } from "./field-diffs.ts";

it("differences come in the order of a task's fields, whatever the order of the stored keys, and own keys last", () => {
  const before = { team: "a", params: { shards: 1 }, status: "active", schedule_cron: "0 1 * * *", id: 1 };
  const after = {
    id: 2,
    params: { shards: 2 },
    schedule_cron: "0 2 * * *",
    skill_name: "x",
    status: "paused",
  };
  expect(fieldDiffs(before, after).map(({ field }) => field)).toEqual([
    "id",
    "skill_name",
    "schedule_cron",
    "status",
    "params.shards",
    "team",
  ]);
  expect(fieldDiffs(null, { status: "active" })).toEqual([
    { field: "status", before: undefined, after: "active" },
  ]);
  expect(fieldDiffs(after, after)).toEqual([]);
});

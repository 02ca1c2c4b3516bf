import { describe, expect, it } from "vitest";
import { lostTasks, withoutLost } from "./put-back.ts";
import { row } from "./testing/simulator.ts";
import type { PlanItem } from "./types.ts";

const item = (key: string, sides: Partial<PlanItem>): PlanItem => ({
  key,
  action: "delete",
  merged: false,
  before: row({ id: 1, skill_name: `skill-${key}`, schedule_cron: "0 3 * * *" }),
  after: null,
  ancestor: null,
  ...sides,
});

describe("the tasks that a side has lost", () => {
  it("are those that a plan deletes on the other side only, with their names", () => {
    const items = [
      item("1", { database: null }),
      item("2", { file: null, before: null }),
      item("3", { file: null, database: null }),
      item("4", {}),
      item("5", { database: null, renamedTo: "6" }),
    ];
    expect(lostTasks({ items })).toEqual([
      { key: "1", name: "skill-1", side: "file" },
      { key: "2", name: null, side: "database" },
    ]);
  });

  it("have no agreement while they are put back, unless both sides have them again, or none does", () => {
    const ancestors = new Map(["1", "2", "3", "4"].map((key) => [key, "agreed"]));
    const there = { "1": [false, true], "2": [true, true], "3": [false, false], "4": [false, true] };
    const left = withoutLost(ancestors, ["1", "2", "3"], (key) => {
      const [file = false, database = false] = there[key as keyof typeof there];
      return { file, database };
    });
    expect([...left.keys()]).toEqual(["2", "3", "4"]);
  });
});

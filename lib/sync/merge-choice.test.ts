import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { contentOf } from "../task/content.ts";
import { outcome } from "./testing/outcome.ts";
import { inStep, row, simulatedNextRun, sync, type World } from "./testing/simulator.ts";
import type { ReconcileOptions } from "./types.ts";

const T = ["2030-01-01T00:00:00.000Z", "2031-01-01T00:00:00.000Z"] as const;
const PLAIN: JsonMap = {
  id: 1,
  skill_name: "s",
  schedule_cron: "0 3 * * *",
  next_run_at: T[0],
  status: "active",
  description: "base",
  params: { retries: 1, keep: [1] },
};

function conflicting(file: JsonMap, database: JsonMap): World {
  const world = inStep(PLAIN);
  world.file.set("1", file);
  world.database.set("1", row(database));
  return world;
}

describe("merge takes the runtime fields of the database and the file's definition of the conflict", () => {
  type Edits = readonly [file: JsonMap, database: JsonMap];
  const merge = ([file, database]: Edits, strategy: ReconcileOptions["strategy"]) => {
    const world = conflicting({ ...PLAIN, ...file }, { ...PLAIN, ...database });
    const plan = sync(world, { strategy, resolutions: new Map([["1", { choice: "merge" }]]) });
    expect([plan.conflicts, [...plan.refused]]).toEqual([[], []]);
    expect(outcome(sync(world, { strategy }))).toBe("nothing");
    const merged = { ...world.file.get("1") };
    delete merged["updated_at"];
    expect(world.database.get("1")).toMatchObject(contentOf(row(merged)));
    return merged;
  };
  const [OLDER, NEWER] = [{ updated_at: T[0] }, { updated_at: T[1] }];

  it.each([
    ["status", { description: "f", status: "paused" }, { description: "d" }, { description: "f" }],
    [
      "a next run",
      { description: "f", next_run_at: T[1] },
      { description: "d" },
      { description: "f", next_run_at: T[0] },
    ],
    [
      "and keeps what it has of its own elsewhere",
      { description: "f", status: "paused", owner: "ann" },
      { description: "d", skill_name: "z" },
      { description: "f", owner: "ann", skill_name: "z" },
    ],
  ] as const)("when YAML alone changed %s", (_name, file, database, then) => {
    expect(merge([file, database], "three-way")).toEqual({ ...PLAIN, ...then });
  });

  const BY_STAMPS: readonly (readonly [file: JsonMap, database: JsonMap, then: JsonMap])[] = [
    [{ status: "paused" }, { description: "d" }, {}],
    [{ description: "f" }, { status: "running" }, { description: "f", status: "running" }],
    [{ skill_name: "f" }, { schedule_cron: "0 5 * * *" }, { skill_name: "f" }],
    [
      { params: { retries: 9, keep: [1] } },
      { params: { retries: 1, keep: [1], more: 1 }, team: "ops" },
      { params: { retries: 9, keep: [1], more: 1 }, team: "ops" },
    ],
  ];
  it.each(BY_STAMPS)("by stamps: YAML %j, database %j", (file, database, then) => {
    const edits: Edits = [
      { ...file, ...OLDER },
      { ...database, ...NEWER },
    ];
    expect(merge(edits, "timestamp")).toEqual({ ...PLAIN, ...then });
  });

  it("and computes the next run of YAML's new schedule, for which the database names none", () => {
    const file = { ...PLAIN, schedule_cron: "0 5 * * *", next_run_at: T[1], description: "f" };
    const world = conflicting(file, { ...PLAIN, description: "d" });
    sync(world, { resolutions: new Map([["1", { choice: "merge" }]]) });
    expect(world.database.get("1")).toMatchObject({
      schedule_cron: "0 5 * * *",
      next_run_at: simulatedNextRun({ schedule_cron: "0 5 * * *", timezone: "UTC" }),
    });
  });

  it.each([
    [OLDER, NEWER],
    [NEWER, OLDER],
  ])("and the later stamp: YAML %j, database %j", (file, database) => {
    for (const status of ["active", "running"]) {
      const world = conflicting(
        { ...PLAIN, ...file, description: "f" },
        { ...PLAIN, ...database, description: "d", status },
      );
      sync(world, { resolutions: new Map([["1", { choice: "merge" }]]) });
      expect(world.database.get("1")?.updated_at).toBe(T[1]);
      if (status === "running") expect(world.file.get("1")?.["updated_at"]).toBe(T[1]);
    }
  });
});

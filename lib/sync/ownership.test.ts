import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { outcome } from "./testing/outcome.ts";
import { inStep, row, simulatedNextRun, sync, type World } from "./testing/simulator.ts";
import type { ReconcileOptions } from "./types.ts";

const PLAIN: JsonMap = {
  id: 1,
  skill_name: "s",
  schedule_cron: "0 3 * * *",
  next_run_at: "2030-01-01T00:00:00.000Z",
  status: "active",
};
const T1 = "2031-01-01T00:00:00.000Z";
const DB: Partial<ReconcileOptions> = { ownership: { next_run_at: "database", status: "database" } };
const FILE: Partial<ReconcileOptions> = { ownership: { description: "file", status: "file" } };

function edited(file: JsonMap, database: JsonMap, start: JsonMap = PLAIN): World {
  const world = inStep(start);
  world.file.set("1", { ...start, ...file });
  world.database.set("1", { ...row(start), ...world.database.get("1"), ...database });
  return world;
}

describe("a database-owned field", () => {
  it("ticks without a write to the file", () => {
    const world = edited({}, { next_run_at: T1, status: "running" });
    expect(outcome(sync(world, DB))).toBe(
      `update neither lag(next_run_at=${String(PLAIN["next_run_at"])} status=active)`,
    );
    expect(world.file.get("1")).toEqual(PLAIN);
    expect(outcome(sync(world, DB))).toBe("nothing");
  });

  it("goes along with another change when the file has its key", () => {
    const world = edited({}, { next_run_at: T1, description: "x" });
    expect(outcome(sync(world, DB))).toBe(`update file(next_run_at=${T1} description=x)`);
    const { next_run_at: _time, status: _status, ...bare } = PLAIN;
    const without = edited({}, { next_run_at: T1, status: "running", description: "x" }, bare);
    expect(outcome(sync(without, DB))).toBe(
      "update file(description=x) lag(next_run_at=null status=pending)",
    );
  });

  it("overrules what the file says, and the file's text stays", () => {
    const world = edited({ status: "paused" }, {});
    expect(outcome(sync(world, DB))).toContain("update neither lag(status=paused)");
    expect(world.database.get("1")?.status).toBe("active");
  });

  it("is never in conflict", () => {
    const world = edited({ status: "paused", description: "x" }, { status: "running" });
    const plan = sync(world, DB);
    expect(plan.conflicts).toEqual([]);
    expect(world.database.get("1")).toMatchObject({ status: "running", description: "x" });
    expect(world.file.get("1")).toMatchObject({ status: "paused" });
  });

  it("is left out of a task that the database creates, unless the task needs it", () => {
    const world = inStep();
    world.database.set("1", row({ ...PLAIN, description: "d" }));
    sync(world, { ownership: { next_run_at: "database", status: "database", skill_name: "database" } });
    expect(world.file.get("1")).toEqual({
      id: 1,
      skill_name: "s",
      schedule_cron: "0 3 * * *",
      description: "d",
    });
    expect(outcome(sync(world, DB))).toBe("nothing");
  });

  it("does not keep a task from being deleted when the file has edited only it", () => {
    const world = inStep({ ...PLAIN, owner: "ann" });
    world.file.set("1", { ...PLAIN, owner: "bob" });
    world.database.delete("1");
    expect(outcome(sync(world, { ownership: { owner: "database" } }))).toBe("delete file");
  });

  it("may be an unknown key, also when it is added and removed", () => {
    const options: Partial<ReconcileOptions> = { ownership: { owner: "database" } };
    const world = edited({}, { extra: { owner: "ann" } });
    expect(outcome(sync(world, options))).toBe("update neither lag(owner=null)");
    world.database.set("1", { ...row(PLAIN), description: "x" });
    expect(outcome(sync(world, options))).toBe("update file(description=x)");
    expect(outcome(sync(world, options))).toBe("nothing");
  });
});

describe("a file-owned field", () => {
  it("is put back in the database", () => {
    const world = edited({ description: "mine" }, {});
    sync(world, FILE);
    world.database.set("1", {
      ...row(PLAIN),
      ...world.database.get("1"),
      description: "theirs",
      status: "failed",
    });
    expect(outcome(sync(world, FILE))).toBe("update database");
    expect(world.database.get("1")).toMatchObject({ description: "mine", status: "active" });
  });

  it("is never in conflict, and the file's edit wins", () => {
    const world = edited({ description: "mine" }, { description: "theirs", skill_name: "z" });
    expect(outcome(sync(world, FILE))).toBe("update file(skill_name=z) database merged");
    expect(world.database.get("1")).toMatchObject({ description: "mine", skill_name: "z" });
  });

  it("waits in a run that does not write the database, and is put back by the next run that does", () => {
    const world = edited({}, { description: "theirs" });
    expect(outcome(sync(world, { ...FILE, direction: "database_to_file" }))).toBe("pending direction");
    expect(outcome(sync(world, FILE))).toBe("update database");
  });
});

it("an owner of next_run_at that names no time leaves it to the other side", () => {
  const { next_run_at: _time, ...bare } = PLAIN;
  const world = inStep();
  world.file.set("1", bare);
  world.database.set("1", row({ ...PLAIN, next_run_at: T1 }));
  sync(world, { ownership: { next_run_at: "file" } });
  expect(world.database.get("1")?.next_run_at).toBe(T1);
});

describe("the owner of next_run_at decides whether a new cron came with a time", () => {
  const both = { schedule_cron: "0 4 * * *", next_run_at: T1 };
  const computed = simulatedNextRun({ schedule_cron: "0 4 * * *", timezone: "UTC" });
  it.each([
    ["the file's, where the database owns it, does not count", both, {}, "database", computed],
    ["the file's, where the file owns it, counts", both, {}, "file", T1],
    ["the database's, where the file owns it, does not count", {}, both, "file", computed],
    ["the database's, where the database owns it, counts", {}, both, "database", T1],
  ] as const)("%s", (_name, file, database, owner, then) => {
    const world = edited(file, database);
    sync(world, { ownership: { next_run_at: owner } });
    expect(world.database.get("1")).toMatchObject({ schedule_cron: "0 4 * * *", next_run_at: then });
  });
});

it("two tasks created apart that differ only in owned fields need no decision", () => {
  const world = inStep();
  world.file.set("1", { ...PLAIN, status: "paused" });
  world.database.set("1", row(PLAIN));
  expect(outcome(sync(world, DB))).toBe("adopt neither lag(status=paused)");
});

describe("a task that the file deletes, where the database owns a field", () => {
  const options: Partial<ReconcileOptions> = { ownership: { description: "database", status: "database" } };

  describe("is in conflict over what the file has never shown", () => {
    it.each([
      ["edited and not yet seen by a run", 0],
      ["which runs have agreed on, and the file was left behind in it", 2],
    ])("%s", (_name, runs) => {
      const world = edited({}, { description: "by hand" });
      for (let n = 0; n < runs; n++) sync(world, options);
      world.file.delete("1");
      const { conflicts } = sync(world, options);
      expect(conflicts).toMatchObject([{ kind: "delete_modify", fields: ["description"] }]);
      expect(world.database.get("1")).toMatchObject({ description: "by hand" });
    });
  });

  it("is deleted where the file shows the same, or only what was reported differs", () => {
    const world = edited({}, { status: "running" }, { ...PLAIN, description: "d" });
    sync(world, options);
    world.file.delete("1");
    expect(outcome(sync(world, options))).toBe("delete database");
  });
});

import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { reconcile } from "./reconcile.ts";
import { outcome } from "./testing/outcome.ts";
import {
  candidatesOf,
  inStep,
  OPTIONS,
  row,
  simulatedNextRun,
  sync,
  type World,
} from "./testing/simulator.ts";
import type { ReconcileOptions } from "./types.ts";

const [T0, T1, T2] = ["2030-01-01T00:00:00.000Z", "2031-01-01T00:00:00.000Z", "2032-01-01T00:00:00.000Z"];
const PLAIN: JsonMap = { id: 1, skill_name: "s", schedule_cron: "0 3 * * *" };
const NEW_CRON = { schedule_cron: "0 4 * * *" };
const computed = (plain: JsonMap) =>
  simulatedNextRun({ schedule_cron: "0 3 * * *", timezone: "UTC", ...plain });
const [OLD, NEW] = [computed({}), computed(NEW_CRON)];

/** A task in step, then edited on each side. */
function edited(start: JsonMap, file: JsonMap, database: JsonMap, remove: string[] = []): World {
  const world = inStep({ ...PLAIN, ...start });
  const plain: JsonMap = { ...PLAIN, ...start, ...file };
  for (const key of remove) delete plain[key];
  world.file.set("1", plain);
  const task = world.database.get("1");
  if (task) world.database.set("1", { ...task, ...database });
  return world;
}

function told(world: World, options: Partial<ReconcileOptions> = {}) {
  const plan = sync(world, options);
  return {
    what: outcome(plan),
    file: world.file.get("1")?.["next_run_at"],
    database: world.database.get("1")?.next_run_at,
    lag: world.ancestors.get("1")?.fieldsLeftBehind,
  };
}

describe("a missing next_run_at", () => {
  it("is computed when the file's task is new, and never written to the file", () => {
    const world = inStep(PLAIN);
    expect(world.database.get("1")?.next_run_at).toBe(OLD);
    expect(world.file.get("1")).toEqual(PLAIN);
    expect(world.ancestors.get("1")?.fieldsLeftBehind).toEqual({ next_run_at: null });
  });

  it("is computed for the database's new task, and left out of the file with every default", () => {
    const world = inStep();
    world.database.set("1", row({ ...PLAIN, params: { a: 1 } }));
    expect(told(world)).toEqual({
      what: "create file database lag(next_run_at=null)",
      file: undefined,
      database: OLD,
      lag: { next_run_at: null },
    });
    expect(world.file.get("1")).toEqual({ ...PLAIN, params: { a: 1 } });
  });

  it("given to the database's new task is written to the file", () => {
    const world = inStep();
    world.database.set("1", row({ ...PLAIN, next_run_at: T1 }));
    expect(told(world)).toMatchObject({ what: "create file", file: T1, lag: {} });
  });

  it("on one side of a task created on both sides is no difference", () => {
    const world = inStep();
    world.file.set("1", PLAIN);
    world.database.set("1", row({ ...PLAIN, next_run_at: T1 }));
    expect(told(world)).toEqual({
      what: "adopt neither lag(next_run_at=null)",
      file: undefined,
      database: T1,
      lag: { next_run_at: null },
    });
    const mirror = inStep();
    mirror.file.set("1", { ...PLAIN, next_run_at: T1 });
    mirror.database.set("1", row(PLAIN));
    expect(told(mirror)).toMatchObject({ what: "adopt database", database: T1, lag: {} });
  });

  it("removed from the file is computed again, but a new time in the database stays", () => {
    expect(told(edited({ next_run_at: T0 }, {}, {}, ["next_run_at"]))).toEqual({
      what: "update database lag(next_run_at=null)",
      file: undefined,
      database: OLD,
      lag: { next_run_at: null },
    });
    expect(told(edited({ next_run_at: T0 }, {}, { next_run_at: T2 }, ["next_run_at"]))).toMatchObject({
      file: undefined,
      database: T2,
      lag: { next_run_at: null },
    });
  });

  it("removed from the row is computed again, also in the file when it has the key", () => {
    expect(told(edited({ next_run_at: T0 }, {}, { next_run_at: null }))).toMatchObject({
      file: OLD,
      database: OLD,
      lag: {},
    });
    expect(told(edited({}, { description: "x" }, { next_run_at: null }))).toMatchObject({
      file: undefined,
      database: OLD,
    });
  });

  it("removed from both sides is computed, also in a run that writes only the file", () => {
    const world = edited({ next_run_at: T0 }, {}, { next_run_at: null }, ["next_run_at"]);
    expect(told(world, { direction: "database_to_file" })).toEqual({
      what: "update database lag(next_run_at=null) merged",
      file: undefined,
      database: OLD,
      lag: { next_run_at: null },
    });
  });

  it("stays missing for a schedule that never fires again", () => {
    const world = edited({}, { description: "x" }, {});
    world.database.set("1", { ...row(PLAIN) });
    const plan = sync(world, { nextRun: () => null });
    expect(world.database.get("1")).toMatchObject({ next_run_at: null, description: "x" });
    expect(plan.conflicts).toEqual([]);
    // Both sides agree on having no time, so a later clock changes nothing.
    expect(outcome(sync(world))).toBe("nothing");
  });
});

describe("a new cron or time zone", () => {
  it("in the file computes the time in the database and leaves the file as it is", () => {
    expect(told(edited({ next_run_at: T0 }, NEW_CRON, {}))).toEqual({
      what: `update database lag(next_run_at=${T0})`,
      file: T0,
      database: NEW,
      lag: { next_run_at: T0 },
    });
    const berlin = { timezone: "Europe/Berlin" };
    expect(told(edited({}, berlin, {}))).toMatchObject({
      database: computed(berlin),
      lag: { next_run_at: null },
    });
  });

  it("in the file together with its own time keeps that time", () => {
    expect(told(edited({ next_run_at: T0 }, { ...NEW_CRON, next_run_at: T1 }, {}))).toMatchObject({
      file: T1,
      database: T1,
      lag: {},
    });
  });

  it("in the database goes to the file, with the computed time when the file has that key", () => {
    expect(told(edited({ next_run_at: T0 }, {}, NEW_CRON))).toEqual({
      what: `update file(next_run_at=${NEW} schedule_cron=0 4 * * *) database`.replace(
        `next_run_at=${NEW} schedule_cron=0 4 * * *`,
        `schedule_cron=0 4 * * * next_run_at=${NEW}`,
      ),
      file: NEW,
      database: NEW,
      lag: {},
    });
    expect(told(edited({}, {}, NEW_CRON))).toEqual({
      what: "update file(schedule_cron=0 4 * * *) database lag(next_run_at=null)",
      file: undefined,
      database: NEW,
      lag: { next_run_at: null },
    });
  });

  it("in the database together with its own time keeps that time, and the file gets it", () => {
    expect(told(edited({}, {}, { ...NEW_CRON, next_run_at: T1 }))).toMatchObject({
      file: T1,
      database: T1,
      lag: {},
    });
  });

  it("in the file outdates a time that the database reports for the old one", () => {
    expect(told(edited({}, NEW_CRON, { next_run_at: T1 }))).toMatchObject({ file: undefined, database: NEW });
  });

  it("in the database does not outdate a time written by hand in the file", () => {
    expect(told(edited({}, { next_run_at: T1 }, NEW_CRON))).toMatchObject({
      file: T1,
      database: T1,
      lag: {},
    });
  });
});

describe("a file left behind", () => {
  const lagging = () => {
    const world = edited({ next_run_at: T0 }, NEW_CRON, {});
    sync(world);
    expect(outcome(sync(world))).toBe("nothing");
    return world;
  };
  const set = (world: World, change: JsonMap) =>
    world.database.set("1", { ...row(PLAIN), ...world.database.get("1"), ...change });

  it("is brought up to date with the next edit that goes there", () => {
    const world = lagging();
    set(world, { description: "x" });
    expect(told(world)).toEqual({
      what: `update file(next_run_at=${NEW} description=x)`,
      file: NEW,
      database: NEW,
      lag: {},
    });
  });

  it("stays behind when it does not have the key", () => {
    const world = inStep(PLAIN);
    set(world, { description: "x" });
    expect(told(world)).toMatchObject({
      what: "update file(description=x) lag(next_run_at=null)",
      file: undefined,
    });
  });

  it("gets a time that the database sets on purpose, also when it had none", () => {
    const world = inStep(PLAIN);
    set(world, { next_run_at: T2 });
    expect(told(world)).toEqual({ what: `update file(next_run_at=${T2})`, file: T2, database: T2, lag: {} });
  });

  it("has its task restored with the agreed time, after a conflict with a deletion", () => {
    const world = lagging();
    world.file.set("1", { ...world.file.get("1"), description: "x" });
    world.database.delete("1");
    sync(world, { resolutions: new Map([["1", { choice: "keep_file" }]]) });
    expect(world.database.get("1")).toMatchObject({ description: "x", next_run_at: NEW });
    expect(world.ancestors.get("1")?.fieldsLeftBehind).toEqual({ next_run_at: T0 });
  });

  it("gets its task back without a key that it never had", () => {
    const world = inStep(PLAIN);
    world.file.delete("1");
    set(world, { description: "x" });
    sync(world, { resolutions: new Map([["1", { choice: "keep_database" }]]) });
    expect(world.file.get("1")).toEqual({ ...PLAIN, description: "x" });
    expect(outcome(sync(world))).toBe("nothing");
  });

  it("waits for nothing when its row cannot be read", () => {
    const [task] = candidatesOf(lagging());
    if (!task) throw new Error("expected a candidate");
    expect(outcome(reconcile([{ ...task, database: "held" }], OPTIONS))).toBe("nothing");
  });

  it("has changed when its text says something else, even the agreed time itself", () => {
    const world = lagging();
    world.file.set("1", { ...world.file.get("1"), next_run_at: T2 });
    expect(told(world)).toMatchObject({ database: T2, lag: {} });
    const caughtUp = lagging();
    caughtUp.file.set("1", { ...caughtUp.file.get("1"), next_run_at: NEW });
    expect(told(caughtUp)).toMatchObject({ what: "update neither", lag: {} });
    // From now on the old time is an edit again.
    caughtUp.file.set("1", { ...caughtUp.file.get("1"), next_run_at: T0 });
    expect(told(caughtUp)).toMatchObject({ database: T0 });
  });
});

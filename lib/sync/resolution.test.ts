import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { resolveConflict } from "./resolution.ts";
import { outcome } from "./testing/outcome.ts";
import { inStep, row, simulatedNextRun, sync, type World } from "./testing/simulator.ts";
import type { Resolution } from "./types.ts";

const T = ["2030-01-01T00:00:00.000Z", "2031-01-01T00:00:00.000Z", "2032-01-01T00:00:00.000Z"] as const;
const PLAIN: JsonMap = {
  id: 1,
  skill_name: "s",
  schedule_cron: "0 3 * * *",
  next_run_at: T[0],
  status: "active",
  description: "base",
  params: { retries: 1, keep: [1] },
};
const FILE: JsonMap = {
  ...PLAIN,
  description: "yaml",
  status: "paused",
  params: { retries: 2, keep: [1] },
  owner: "ann",
};
const ROW: JsonMap = {
  ...PLAIN,
  description: "db",
  status: "running",
  params: { retries: 3, keep: [1] },
  skill_name: "z",
};

function conflicting(
  file: JsonMap | null = FILE,
  database: JsonMap | null = ROW,
  start: JsonMap | null = PLAIN,
): World {
  const world = start ? inStep(start) : inStep();
  if (file) world.file.set("1", file);
  else world.file.delete("1");
  if (database) world.database.set("1", row(database));
  else world.database.delete("1");
  return world;
}

/** Resolves the task's conflict and returns what both sides say, which must be the same and stay so. */
function resolved(world: World, resolution: Resolution) {
  const plan = sync(world, { resolutions: new Map([["1", resolution]]) });
  expect(plan.conflicts).toEqual([]);
  expect(plan.refused.size).toBe(0);
  expect(outcome(sync(world))).toBe("nothing");
  const [plain, task] = [world.file.get("1"), world.database.get("1")];
  expect(plain === undefined).toBe(task === undefined);
  if (plain && task)
    expect({ ...row(plain), id: 1, updated_at: null }).toEqual({ ...task, id: 1, updated_at: null });
  return plain;
}

describe("both edited", () => {
  it("is a conflict on exactly the fields that both changed", () => {
    expect(outcome(sync(conflicting()))).toBe("conflict modify_modify status description params.retries");
  });

  it("keep_file: the whole task as in YAML", () => {
    expect(resolved(conflicting(), { choice: "keep_file" })).toEqual(FILE);
  });

  it("keep_database: the whole task as in the database", () => {
    expect(resolved(conflicting(), { choice: "keep_database" })).toEqual(ROW);
  });

  it("merge: the database's runtime fields, YAML's definition, and what only one side changed", () => {
    expect(resolved(conflicting(), { choice: "merge" })).toEqual({
      ...FILE,
      skill_name: "z",
      status: "running",
    });
  });

  it("fields: a side or a value for each field", () => {
    const fields = { status: "file", description: { value: "both" }, "params.retries": "database" } as const;
    expect(resolved(conflicting(), { choice: "merge", fields })).toEqual({
      ...FILE,
      skill_name: "z",
      description: "both",
      params: { retries: 3, keep: [1] },
    });
    expect(resolved(conflicting(), { choice: "keep_file", fields: { description: "database" } })).toEqual({
      ...FILE,
      description: "db",
    });
    expect(resolved(conflicting(), { choice: "keep_database", fields: { owner: "file" } })).toEqual({
      ...ROW,
      owner: "ann",
    });
  });

  it("a field is removed when the chosen side does not have it", () => {
    const world = conflicting({ ...PLAIN, params: {} }, { ...PLAIN, params: { retries: 3, keep: [1] } });
    expect(resolved(world, { choice: "keep_database", fields: { "params.retries": "file" } })).toEqual({
      ...PLAIN,
      params: { keep: [1] },
    });
  });

  it("a next run given by hand stays beside a new cron", () => {
    const world = conflicting(
      { ...PLAIN, schedule_cron: "0 5 * * *" },
      { ...PLAIN, schedule_cron: "0 6 * * *" },
    );
    expect(resolved(world, { choice: "merge", fields: { next_run_at: { value: T[2] } } })).toMatchObject({
      schedule_cron: "0 5 * * *",
      next_run_at: T[2],
    });
  });

  it("a new cron without a next run has it computed", () => {
    const world = conflicting(
      { ...PLAIN, schedule_cron: "0 5 * * *" },
      { ...PLAIN, schedule_cron: "0 6 * * *" },
    );
    sync(world, { resolutions: new Map([["1", { choice: "keep_file" }]]) });
    expect(world.database.get("1")?.next_run_at).toBe(
      simulatedNextRun({ schedule_cron: "0 5 * * *", timezone: "UTC" }),
    );
    expect(world.file.get("1")?.["next_run_at"]).toBe(T[0]);
    expect(outcome(sync(world))).toBe("nothing");
  });

  it.each([
    ["keep_file", "0 5 * * *", {}, { next_run_at: T[1] }],
    ["keep_database", "0 6 * * *", { next_run_at: T[1] }, {}],
  ] as const)(
    "%s computes it also when the other side had named a next run",
    (choice, cron, file, database) => {
      const world = conflicting(
        { ...PLAIN, schedule_cron: "0 5 * * *", ...file },
        { ...PLAIN, schedule_cron: "0 6 * * *", ...database },
      );
      sync(world, { resolutions: new Map([["1", { choice }]]) });
      const next_run_at = simulatedNextRun({ schedule_cron: cron, timezone: "UTC" });
      expect(world.database.get("1")).toMatchObject({ schedule_cron: cron, next_run_at });
      expect(outcome(sync(world))).toBe("nothing");
    },
  );

  it("goes to both sides also in a one-way run", () => {
    for (const direction of ["file_to_database", "database_to_file"] as const) {
      const world = conflicting();
      sync(world, { direction, force: true, resolutions: new Map([["1", { choice: "merge" }]]) });
      expect(world.file.get("1")).toEqual({ ...FILE, skill_name: "z", status: "running" });
      expect(outcome(sync(world))).toBe("nothing");
    }
  });
});

describe("one side deleted it", () => {
  const ROWS: readonly (readonly [
    string,
    JsonMap | null,
    JsonMap | null,
    Resolution["choice"],
    JsonMap | undefined,
  ])[] = [
    ["file", null, ROW, "keep_file", undefined],
    ["file", null, ROW, "keep_database", ROW],
    ["file", null, ROW, "merge", ROW],
    ["database", FILE, null, "keep_file", FILE],
    ["database", FILE, null, "keep_database", undefined],
    ["database", FILE, null, "merge", FILE],
  ];
  it.each(ROWS)("the %s: %#", (_side, file, database, choice, then) => {
    expect(resolved(conflicting(file, database), { choice })).toEqual(then);
  });

  it("fields may refine the task that is kept, on both sides", () => {
    const fields = { description: { value: "kept" } };
    expect(resolved(conflicting(null, ROW), { choice: "keep_database", fields })).toEqual({
      ...ROW,
      description: "kept",
    });
    expect(resolved(conflicting(FILE, null), { choice: "keep_file", fields })).toEqual({
      ...FILE,
      description: "kept",
    });
  });

  it("a kept task with a new cron has its next run computed", () => {
    const world = conflicting({ ...PLAIN, schedule_cron: "0 5 * * *" }, null);
    sync(world, { resolutions: new Map([["1", { choice: "keep_file" }]]) });
    expect(world.database.get("1")?.next_run_at).toBe(
      simulatedNextRun({ schedule_cron: "0 5 * * *", timezone: "UTC" }),
    );
  });
});

describe("created on both sides", () => {
  const world = () => conflicting(FILE, ROW, null);
  it.each([
    ["keep_file", FILE],
    ["keep_database", ROW],
    ["merge", { ...FILE, status: "running" }],
  ] as const)("%s", (choice, then) => {
    expect(resolved(world(), { choice })).toEqual(then);
  });

  it("merge keeps keys that only one side has", () => {
    const apart = conflicting({ ...PLAIN, description: null, owner: "ann" }, { ...PLAIN, team: "ops" }, null);
    expect(resolved(apart, { choice: "merge" })).toEqual({ ...PLAIN, owner: "ann", team: "ops" });
  });
});

describe("a resolution is refused", () => {
  const attempt = (world: World, resolution: Resolution, options = {}) => {
    const plan = sync(world, { resolutions: new Map([["1", resolution]]), ...options });
    return { what: outcome(plan), problems: plan.problems.map(({ message }) => message) };
  };
  const CONFLICT = "conflict modify_modify status description params.retries";

  it("when the conflict has moved on since it was shown", () => {
    const shown = sync(conflicting()).conflicts[0]?.revision ?? "";
    const moved = conflicting({ ...FILE, description: "again" });
    expect(attempt(moved, { choice: "merge", revision: shown }).what).toBe(
      `${CONFLICT}, refused stale_conflict`,
    );
    expect(resolved(conflicting(), { choice: "merge", revision: shown })).toBeDefined();
  });

  it("but not when the task only ticked", () => {
    const shown = sync(conflicting()).conflicts[0]?.revision ?? "";
    const ticked = conflicting(FILE, { ...ROW, status: "failed", next_run_at: T[1] });
    expect(resolved(ticked, { choice: "merge", revision: shown })).toMatchObject({
      status: "failed",
      next_run_at: T[1],
    });
  });

  it("when the conflict is over, and the task syncs as usual", () => {
    expect(
      attempt(conflicting({ ...PLAIN, description: "x" }, PLAIN), { choice: "keep_database" }).what,
    ).toBe("update database, refused conflict_closed");
    expect(attempt(inStep(), { choice: "keep_database" }).what).toBe("refused conflict_closed");
  });

  it("while a task's absence in the file is not believed", () => {
    const world = conflicting(null, ROW);
    expect(attempt(world, { choice: "keep_database" }, { fileAbsenceBelieved: false }).what).toBe(
      "pending unbelieved, refused stale_conflict",
    );
  });

  it.each([
    [{ schedule_cron: { value: "never" } }, /schedule_cron: not a cron expression/],
    [{ skill_name: { value: 7 } }, /skill_name: .*text/],
    [{ id: { value: 2 } }, /id: is not a field that can be chosen/],
    [{ updated_at: "database" }, /updated_at: is not a field/],
    [{ "description.deep": { value: 1 } }, /description.deep: is inside something that is not a map/],
  ] as const)("when it makes no valid task: %j", (fields, message) => {
    const { what, problems } = attempt(conflicting(), { choice: "merge", fields });
    expect(what).toBe(`${CONFLICT}, refused invalid_task`);
    expect(problems.join("\n")).toMatch(message);
  });

  it("when it takes fields from a side that has no task, or for none", () => {
    expect(
      attempt(conflicting(null, ROW), { choice: "keep_database", fields: { description: "file" } }).what,
    ).toContain("refused invalid_task");
    expect(
      attempt(conflicting(null, ROW), { choice: "keep_file", fields: { description: "database" } }).what,
    ).toContain("refused invalid_task");
  });
});

describe("resolveConflict previews what a choice would make", () => {
  const conflict = () => {
    const [found] = sync(conflicting()).conflicts;
    if (!found) throw new Error("expected a conflict");
    return found;
  };
  it("the same content as the run", () => {
    const preview = resolveConflict(conflict(), { choice: "merge" });
    expect(preview).toMatchObject({
      ok: true,
      content: { skill_name: "z", status: "running", description: "yaml", extra: { owner: "ann" } },
    });
  });
  it("a deletion, and errors", () => {
    expect(resolveConflict({ ...conflict(), file: null }, { choice: "keep_file" })).toEqual({
      ok: true,
      content: null,
    });
    expect(
      resolveConflict(conflict(), { choice: "merge", fields: { timezone: { value: "Mars/Base" } } }),
    ).toMatchObject({ ok: false, errors: [{ field: "timezone" }] });
  });
});

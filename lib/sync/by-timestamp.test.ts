import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { reconcile } from "./reconcile.ts";
import { outcome } from "./testing/outcome.ts";
import { candidatesOf, inStep, OPTIONS, row, sync, type World } from "./testing/simulator.ts";
import type { ReconcileOptions } from "./types.ts";

const [OLD, NEW] = ["2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"];
const PLAIN: JsonMap = {
  id: 1,
  skill_name: "s",
  schedule_cron: "0 3 * * *",
  next_run_at: "2030-01-01T00:00:00.000Z",
  updated_at: OLD,
};
const TIMESTAMP: Partial<ReconcileOptions> = { strategy: "timestamp" };
const CONFLICT = "conflict modify_modify description";
const API: Partial<ReconcileOptions> = { ...TIMESTAMP, apiWrites: new Set(["1"]) };

function edited(file: JsonMap, database: JsonMap): World {
  const world = inStep(PLAIN);
  world.file.set("1", { ...PLAIN, ...file });
  world.database.set("1", row({ ...PLAIN, ...database }));
  return world;
}

/** Both sides changed `description` differently, so only the stamps decide. */
const ROWS: readonly (readonly [
  name: string,
  file: string | null,
  database: string | null,
  both: string,
  toDb: string,
  toYaml: string,
])[] = [
  ["file newer", NEW, OLD, "update database merged", "update database merged", "pending direction"],
  ["database newer", OLD, NEW, CONFLICT, CONFLICT, CONFLICT],
  ["equal", OLD, OLD, "pending equal_stamps", "pending equal_stamps", "pending equal_stamps"],
  [
    "only the file stamped",
    OLD,
    null,
    "update database merged",
    "update database merged",
    "pending direction",
  ],
  ["only the database stamped", null, OLD, CONFLICT, CONFLICT, CONFLICT],
];

describe("the stamps decide", () => {
  it.each(ROWS)("%s", (_name, file, database, ...then) => {
    const run = (direction: ReconcileOptions["direction"]) =>
      outcome(
        sync(edited({ description: "x", updated_at: file }, { description: "y", updated_at: database }), {
          ...TIMESTAMP,
          direction,
        }),
      );
    expect([run("bidirectional"), run("file_to_database"), run("database_to_file")]).toEqual(then);
  });

  it("in another notation", () => {
    const world = edited(
      { description: "x", updated_at: "2026-02-01 01:00:00 +01:00" },
      { updated_at: "2026-01-31T23:59:59Z" },
    );
    expect(outcome(sync(world, TIMESTAMP))).toBe("update database");
  });

  it("the whole task follows, with the file's stamp", () => {
    const world = edited({ description: "x", updated_at: NEW }, { skill_name: "z" });
    sync(world, TIMESTAMP);
    expect(world.database.get("1")).toMatchObject({ description: "x", skill_name: "s", updated_at: NEW });
    expect(outcome(sync(world, TIMESTAMP))).toBe("nothing");
  });

  it("a file's task without a stamp has the file's modification time", () => {
    const world = edited({ description: "x", updated_at: null }, {});
    const dated = (changedAt: string) =>
      outcome(
        reconcile(
          candidatesOf(world).map((task) => ({
            ...task,
            file: typeof task.file === "object" ? { ...task.file, changedAt } : task.file,
          })),
          { ...OPTIONS, ...TIMESTAMP },
        ),
      );
    expect(dated(NEW)).toBe("update database");
    expect(dated("2025-01-01T00:00:00.000Z")).toBe(CONFLICT);
  });

  it("says why", () => {
    const plan = sync(edited({}, { description: "y", updated_at: NEW }), TIMESTAMP);
    expect(plan.conflicts[0]?.reason).toBe("Database was updated more recently than YAML");
  });

  it("not where the content is the same", () => {
    expect(outcome(sync(edited({}, { updated_at: NEW }), TIMESTAMP))).toBe("nothing");
    expect(
      outcome(sync(edited({ description: "x" }, { description: "x", updated_at: NEW }), TIMESTAMP)),
    ).toBe("update neither merged");
  });

  it("not for fields that one side owns", () => {
    const world = edited({}, { status: "running", updated_at: NEW });
    expect(outcome(sync(world, { ...TIMESTAMP, ownership: { status: "database" } }))).toBe(
      "update neither lag(status=pending)",
    );
  });

  it.each([
    ["newer", NEW],
    ["equal", OLD],
  ])("nor in a forced one-way run, with the database's stamp %s", (_name, updated_at) => {
    const forced = (direction: ReconcileOptions["direction"]) => {
      const world = edited({ description: "x" }, { description: "y", updated_at });
      const then = outcome(sync(world, { ...TIMESTAMP, force: true, direction }));
      expect(outcome(sync(world, TIMESTAMP))).toBe("nothing");
      return then;
    };
    expect(forced("file_to_database")).toBe("update database merged");
    expect(forced("database_to_file")).toBe("update file(description=y) merged");
  });

  it.each([
    ["newer", NEW, "update file(next_run_at=2040-01-01T07:58:00.000Z) database merged"],
    ["equal", OLD, "update file(next_run_at=2040-01-01T07:58:00.000Z) database merged"],
    ["older", "2025-01-01T00:00:00.000Z", "update database merged, pending direction"],
  ])(
    "at once, where the row lost the time that the file changed; the row is %s",
    (_name, updated_at, then) => {
      const world = edited({ next_run_at: "2031-01-01T00:00:00.000Z" }, { next_run_at: null, updated_at });
      const forced = { ...TIMESTAMP, force: true, direction: "database_to_file" as const };
      expect(outcome(sync(world, forced))).toBe(then);
      expect(sync(world, forced).items).toEqual([]);
    },
  );

  it("of which force decides nothing in a bidirectional run", () => {
    const equal = edited({ description: "x" }, { description: "y" });
    expect(outcome(sync(equal, { ...TIMESTAMP, force: true }))).toBe("pending equal_stamps");
  });
});

describe("an API write", () => {
  it("goes to the file and stamps it", () => {
    const world = edited({}, { description: "y", updated_at: NEW });
    expect(outcome(sync(world, API))).toBe("update file(description=y)");
    expect(world.file.get("1")).toMatchObject({ description: "y", updated_at: NEW });
    expect(outcome(sync(world, TIMESTAMP))).toBe("nothing");
  });

  it("is a conflict when the file's task changed since, whichever is newer", () => {
    expect(outcome(sync(edited({ description: "x", updated_at: NEW }, { description: "y" }), API))).toBe(
      CONFLICT,
    );
    expect(outcome(sync(edited({ skill_name: "x" }, { description: "y", updated_at: NEW }), API))).toBe(
      "conflict modify_modify skill_name description",
    );
  });

  it("waits in a run that does not write the file", () => {
    expect(
      outcome(
        sync(edited({}, { description: "y", updated_at: NEW }), { ...API, direction: "file_to_database" }),
      ),
    ).toBe("pending direction");
  });
});

describe("tasks on one side follow the ancestor, not the stamps", () => {
  it("created", () => {
    const world = inStep();
    world.file.set("1", PLAIN);
    world.database.set("2", row({ ...PLAIN, id: 2 }));
    expect(outcome(sync(world, TIMESTAMP))).toBe("create database, create file");
  });

  it("deleted", () => {
    const world = edited({}, {});
    world.file.delete("1");
    expect(outcome(sync(world, TIMESTAMP))).toBe("delete database");
    const changed = edited({}, { description: "y" });
    changed.file.delete("1");
    expect(outcome(sync(changed, TIMESTAMP))).toBe("conflict delete_modify description");
  });
});

it("a resolved conflict leaves both sides the same", () => {
  for (const choice of ["keep_file", "keep_database", "merge"] as const) {
    const world = edited({ skill_name: "x" }, { description: "y", updated_at: NEW });
    const plan = sync(world, { ...TIMESTAMP, resolutions: new Map([["1", { choice }]]) });
    expect(plan.conflicts).toEqual([]);
    expect(outcome(sync(world, TIMESTAMP))).toBe("nothing");
    const [skill, description] = { keep_file: ["x", null], keep_database: ["s", "y"], merge: ["x", "y"] }[
      choice
    ];
    expect(world.database.get("1")).toMatchObject({ skill_name: skill, description });
  }
});

it("a person's resolution comes before force", () => {
  const world = edited({ description: "x" }, { description: "y", updated_at: NEW });
  sync(world, {
    ...TIMESTAMP,
    force: true,
    direction: "file_to_database",
    resolutions: new Map([["1", { choice: "keep_database" }]]),
  });
  expect([world.file.get("1")?.["description"], world.database.get("1")?.description]).toEqual(["y", "y"]);
});

const { next_run_at: _, ...UNTIMED } = PLAIN;

/** The time of the side that lost: the database removed it, or the file set it. */
it.each([
  ["file_to_database", UNTIMED, { schedule_cron: "5 4 * * 1", next_run_at: null }, { next_run_at: null }],
  [
    "database_to_file",
    PLAIN,
    { next_run_at: "2030-02-02T00:00:00.000Z" },
    { timezone: "Europe/Rome", next_run_at: "2030-01-01T00:00:00.000Z" },
  ],
] as const)("a run forced %s has nothing to do the second time", (direction, start, file, database) => {
  const world = inStep(start);
  world.file.set("1", { ...start, ...file });
  world.database.set("1", row({ ...start, ...database }));
  const options = { ...TIMESTAMP, force: true, direction };
  sync(world, options);
  expect(outcome(reconcile(candidatesOf(world), { ...OPTIONS, ...options }))).toBe("nothing");
});

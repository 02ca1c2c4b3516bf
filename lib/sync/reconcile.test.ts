import { describe, expect, it } from "vitest";
import { reconcile } from "./reconcile.ts";
import { outcome } from "./testing/outcome.ts";
import { BASE, candidate } from "./testing/candidate.ts";
import { OPTIONS, row } from "./testing/simulator.ts";
import type { ReconcileOptions } from "./types.ts";

function decided(
  file: string,
  database: string,
  ancestor: boolean,
  options: Partial<ReconcileOptions> = {},
): string {
  return outcome(reconcile([candidate(file, database, ancestor)], { ...OPTIONS, ...options }));
}

type Table = readonly (readonly [file: string, database: string, then: string])[];

const WITH_ANCESTOR: Table = [
  ["absent", "absent", "delete forget"],
  ["absent", "same", "delete database"],
  ["absent", "X", "conflict delete_modify description"],
  ["absent", "Z", "conflict delete_modify skill_name"],
  ["absent", "tick", "delete database"],
  ["absent", "held", "pending held"],

  ["same", "absent", "delete file"],
  ["same", "same", "nothing"],
  ["same", "X", "update file(description=x)"],
  ["same", "Z", "update file(skill_name=z)"],
  ["same", "tick", "update file(status=running)"],
  ["same", "held", "nothing"],

  ["X", "absent", "conflict modify_delete description"],
  ["X", "same", "update database"],
  ["X", "X", "update neither merged"],
  ["X", "Y", "conflict modify_modify description"],
  ["X", "Z", "update file(skill_name=z) database merged"],
  ["X", "tick", "update file(status=running) database merged"],
  ["X", "held", "pending held"],

  ["Z", "absent", "conflict modify_delete skill_name"],
  ["Z", "same", "update database"],
  ["Z", "X", "update file(description=x) database merged"],
  ["Z", "Z", "update neither merged"],
  ["Z", "tick", "update file(status=running) database merged"],
  ["Z", "held", "pending held"],

  ["tick", "absent", "delete file"],
  ["tick", "same", "update database"],
  ["tick", "X", "update file(description=x) database merged"],
  ["tick", "Z", "update file(skill_name=z) database merged"],
  ["tick", "tick", "update neither merged"],
  ["tick", "tock", "conflict modify_modify status"],
  ["tick", "held", "pending held"],

  ["held", "absent", "pending held"],
  ["held", "same", "nothing"],
  ["held", "X", "pending held"],
  ["held", "Z", "pending held"],
  ["held", "tick", "pending held"],
  ["held", "held", "pending held"],
];

const WITHOUT_ANCESTOR: Table = [
  ["absent", "absent", "nothing"],
  ["absent", "X", "create file"],
  ["absent", "held", "nothing"],
  ["X", "absent", "create database"],
  ["X", "X", "adopt neither"],
  ["X", "Y", "conflict create_create description"],
  ["X", "Z", "conflict create_create skill_name description"],
  ["X", "held", "pending held"],
  ["held", "absent", "nothing"],
  ["held", "X", "pending held"],
  ["held", "held", "pending held"],
];

describe("with an ancestor", () => {
  it.each(WITH_ANCESTOR)("file %s, database %s: %s", (file, database, then) => {
    expect(decided(file, database, true)).toBe(then);
  });

  it("the table has every combination", () => {
    const listed = new Set(WITH_ANCESTOR.map(([file, database]) => `${file} ${database}`));
    const states = ["absent", "same", "X", "Z", "tick", "held"];
    expect(
      states
        .flatMap((file) => states.map((database) => `${file} ${database}`))
        .filter((pair) => !listed.has(pair)),
    ).toEqual([]);
  });
});

describe("without an ancestor", () => {
  it.each(WITHOUT_ANCESTOR)("file %s, database %s: %s", (file, database, then) => {
    expect(decided(file, database, false)).toBe(then);
  });
});

describe("an absence in the file that is not believed", () => {
  it.each(["absent", "same", "X", "tick"])("waits, with the database %s", (database) => {
    expect(decided("absent", database, true, { fileAbsenceBelieved: false })).toBe("pending unbelieved");
  });

  it("does not hold back a task that was never in the file, nor deletions in the database", () => {
    expect(decided("absent", "X", false, { fileAbsenceBelieved: false })).toBe("create file");
    expect(decided("same", "absent", true, { fileAbsenceBelieved: false })).toBe("delete file");
  });
});

describe("a one-way run", () => {
  const both = "conflict modify_modify description";
  const ONE_WAY: readonly (readonly [
    file: string,
    database: string,
    ancestor: boolean,
    toDb: string,
    toYaml: string,
    forcedDb: string,
    forcedYaml: string,
  ])[] = [
    ["X", "same", true, "update database", "pending direction", "update database", "pending direction"],
    [
      "same",
      "X",
      true,
      "pending direction",
      "update file(description=x)",
      "pending direction",
      "update file(description=x)",
    ],
    [
      "X",
      "X",
      true,
      "update neither merged",
      "update neither merged",
      "update neither merged",
      "update neither merged",
    ],
    ["X", "Y", true, both, both, "update database merged", "update file(description=y) merged"],
    [
      "X",
      "Z",
      true,
      "update database merged, pending direction",
      "update file(skill_name=z) merged, pending direction",
      "update database merged, pending direction",
      "update file(skill_name=z) merged, pending direction",
    ],
    ["absent", "same", true, "delete database", "pending direction", "delete database", "create file"],
    ["absent", "tick", true, "delete database", "pending direction", "delete database", "create file"],
    ["same", "absent", true, "pending direction", "delete file", "create database", "delete file"],
    [
      "absent",
      "X",
      true,
      "conflict delete_modify description",
      "conflict delete_modify description",
      "delete database",
      "create file",
    ],
    [
      "X",
      "absent",
      true,
      "conflict modify_delete description",
      "conflict modify_delete description",
      "create database",
      "delete file",
    ],
    ["absent", "absent", true, "delete forget", "delete forget", "delete forget", "delete forget"],
    ["absent", "X", false, "pending direction", "create file", "pending direction", "create file"],
    ["X", "absent", false, "create database", "pending direction", "create database", "pending direction"],
    ["X", "X", false, "adopt neither", "adopt neither", "adopt neither", "adopt neither"],
    [
      "X",
      "Y",
      false,
      "conflict create_create description",
      "conflict create_create description",
      "update database",
      "update file(description=y)",
    ],
  ];

  it.each(ONE_WAY)("file %s, database %s, ancestor %s", (file, database, ancestor, ...then) => {
    const runs = [
      { direction: "file_to_database", force: false },
      { direction: "database_to_file", force: false },
      { direction: "file_to_database", force: true },
      { direction: "database_to_file", force: true },
    ] as const;
    expect(runs.map((options) => decided(file, database, ancestor, options))).toEqual(then);
  });

  it("force decides nothing in a bidirectional run", () => {
    expect(decided("X", "Y", true, { force: true })).toBe(both);
    expect(decided("absent", "X", true, { force: true })).toBe("conflict delete_modify description");
  });
});

it('two tasks with ids 1 and "1" are one, in the file\'s type', () => {
  const plan = reconcile(
    [{ ...candidate("X", "same", true), database: { task: row({ ...BASE, id: "1" }) } }],
    OPTIONS,
  );
  expect(plan.items[0]?.database?.id).toBe(1);
  const idle = reconcile(
    [{ ...candidate("same", "same", true), database: { task: row({ ...BASE, id: "1" }) } }],
    OPTIONS,
  );
  expect(outcome(idle)).toBe("nothing");
});

import { describe, expect, it } from "vitest";
import { deletionsOf, haltReason } from "./guard.ts";
import type { PlanItem } from "./types.ts";

const keys = (count: number, from = 0) => Array.from({ length: count }, (_, i) => String(i + from));

function halts(file: number, fileSize: number, database: number, databaseSize: number): boolean {
  return (
    haltReason({
      deletions: { file: keys(file), database: keys(database, 100) },
      sizes: { file: fileSize, database: databaseSize },
    }) !== null
  );
}

describe("haltReason", () => {
  it.each([
    ["nothing to delete", 0, 3, 0, 3, false],
    ["the only task", 0, 1, 1, 1, false],
    ["one of three", 0, 2, 1, 3, false],
    ["two of four: exactly half", 0, 2, 2, 4, false],
    ["two of three", 0, 1, 2, 3, true],
    ["all of two", 0, 0, 2, 2, true],
    ["more than half of the file", 3, 5, 0, 2, true],
    ["half of a large side", 0, 500, 500, 1000, false],
    ["half of a large side and one more", 0, 499, 501, 1000, true],
    ["one on each side, for one of them the last", 1, 1, 1, 10, true],
    ["one on each side of many", 1, 10, 1, 10, false],
  ] as const)("%s", (_name, file, fileSize, database, databaseSize, then) => {
    expect(halts(file, fileSize, database, databaseSize)).toBe(then);
  });

  it("counts a task once that goes on both sides", () => {
    const deletions = { file: ["1"], database: ["1"] };
    expect(haltReason({ deletions, sizes: { file: 1, database: 1 } })).toBeNull();
  });

  it.each([
    [0, 1, 3, 4, "3 of 4 tasks in the database"],
    [2, 3, 0, 9, "2 of 3 tasks in the file"],
    [2, 3, 5, 6, "2 of 3 tasks in the file and 5 of 6 tasks in the database"],
  ] as const)(
    "says what it would delete, and from where (%i of %i, %i of %i)",
    (file, ofFile, rows, ofRows, what) => {
      const deletions = { file: keys(file), database: keys(rows) };
      const said = haltReason({ deletions, sizes: { file: ofFile, database: ofRows } });
      expect(said).toBe(`This run would delete ${what}; an admin has to confirm it`);
    },
  );
});

it("calls the file's side as it is told", () => {
  const deletions = { file: keys(2), database: [] };
  expect(haltReason({ deletions, sizes: { file: 2, database: 9 } }, "erp")).toContain("2 of 2 tasks in erp;");
});

describe("deletionsOf", () => {
  const item = (key: string, sides: Partial<PlanItem>): PlanItem => ({
    key,
    action: "delete",
    merged: false,
    before: null,
    after: null,
    ancestor: null,
    ...sides,
  });

  it("has the tasks that a side loses, but for those that go on under another id", () => {
    const items = [
      item("both", { file: null, database: null }),
      item("file", { file: null }),
      item("row", { database: null }),
      item("changed", { file: { stamp: null } }),
      item("neither", {}),
      item("renamed", { database: null, renamedTo: "other" }),
    ];
    expect(deletionsOf({ items })).toEqual({ file: ["both", "file"], database: ["both", "row"] });
  });
});

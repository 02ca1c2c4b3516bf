import { describe, expect, it } from "vitest";
import { haltReason } from "./guard.ts";

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

  it("says what it would delete, and from where", () => {
    expect(
      haltReason({ deletions: { file: [], database: keys(3) }, sizes: { file: 1, database: 4 } }),
    ).toMatch(/3 of 4 tasks in the database/);
  });
});

import { describe, expect, it } from "vitest";
import { lineDiff } from "./line-diff.ts";

const SIGN = { same: " ", removed: "-", added: "+" };
const shown = (before: string | null, after: string | null, first?: number) =>
  lineDiff(before, after, first).map(({ kind, text, number }) => `${SIGN[kind]}${number} ${text}`);

describe("the diff of a task's lines", () => {
  it("shows removed lines above added lines, with the file's line numbers", () => {
    expect(shown("- id: 2\n  a: 1\n  b: 2\n", "- id: 2\n  a: 3\n  b: 2\n  c: 4\n", 10)).toEqual([
      " 10 - id: 2",
      "-11   a: 1",
      "+11   a: 3",
      " 12   b: 2",
      "+13   c: 4",
    ]);
  });

  it("of a created or deleted task has only added or removed lines", () => {
    expect(shown(null, "a\nb\n")).toEqual(["+1 a", "+2 b"]);
    expect(shown("a\nb", null)).toEqual(["-1 a", "-2 b"]);
    expect(shown(null, null)).toEqual([]);
  });

  it("ignores differences of line breaks, and keeps blank lines", () => {
    expect(shown("a\r\n\r\nb\r\n", "a\n\nb")).toEqual([" 1 a", " 2 ", " 3 b"]);
  });
});

import { describe, expect, it } from "vitest";
import type { Json } from "../../lib/json.ts";
import { proposeBoth } from "./propose-both.ts";

const CASES: [string, Json | undefined, Json | undefined, Json | undefined, Json | undefined][] = [
  [
    "words added at different places",
    "Check it",
    "Always check it",
    "Check it twice",
    "Always check it twice",
  ],
  [
    "words changed at the same place stand one after the other",
    "Check that every service answers",
    "Check that all services answer quickly",
    "Check that every service answers twice",
    "Check that all services answer quickly twice",
  ],
  ["texts without a last state", undefined, "One", "Two", "One Two"],
  ["lines of a text", "a\nb\nc\n", "a\nB\nc\n", "a\nb\nc\nd\n", "a\nB\nc\nd\n"],
  ["lines without a last line break", "a\nb", "a\nb\nc", "a\nb\nd", "a\nb\nc\nd"],
  ["entries added to a list by both", ["a"], ["a", "b"], ["a", "c"], ["a", "b", "c"]],
  ["an entry that both added stands once", ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c"]],
  ["an entry that one side removed is gone", ["a", "b"], ["b"], ["a", "b", "c"], ["b", "c"]],
  [
    "entries that are maps",
    [{ n: 1 }],
    [{ n: 1 }, { n: 2 }],
    [{ n: 1 }, { n: 3 }],
    [{ n: 1 }, { n: 2 }, { n: 3 }],
  ],
  ["keys of a map", {}, { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
  ["a key of a map that both changed", { a: "x" }, { a: "x y" }, { a: "z x" }, { a: "z x y" }],
  ["numbers cannot be put together", 1, 2, 3, undefined],
  ["nothing, when a side does not have it", "a", undefined, "b", undefined],
  ["nothing, when both say the same", "a", "b", "b", undefined],
];

describe("a proposal that keeps both", () => {
  it.each(CASES)("%s", (_name, base, file, database, wanted) => {
    expect(proposeBoth(base, file, database)).toEqual(wanted);
  });
});

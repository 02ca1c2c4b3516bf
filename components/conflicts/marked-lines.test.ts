import { expect, it } from "vitest";
import { markedLines } from "./marked-lines.ts";

it.each([
  ["a changed line", ["a", "x"], ["a", "b"], [false, true]],
  ["an added line, and none for a removed one", ["a", "c", "d"], ["a", "b", "c"], [false, false, true]],
  ["nothing without a state to compare with", ["a"], null, [false]],
])("marks %s", (_name, lines, against, marks) => {
  expect(markedLines(lines, against).map(({ isChanged }) => isChanged)).toEqual(marks);
  expect(markedLines(lines, against).map(({ line }) => line)).toEqual(lines);
});

import { expect, it } from "vitest";
import { BASE } from "./testing/candidate.ts";
import { row } from "./testing/simulator.ts";
import { standsInFile } from "./two-sides.ts";

it("a key stands in the file where it is among those that were read", () => {
  const file = { task: row({ ...BASE, params: { a: 1 } }), present: new Set(["description"]) };
  expect([standsInFile(file, "description"), standsInFile(file, "params")]).toEqual([true, false]);
});

it.each([
  ["description", { description: "x" }, true],
  ["description", { description: null }, false],
  ["params", { params: { a: 1 } }, true],
  ["params", { params: {} }, false],
  ["owner", { owner: [] }, true],
  ["owner", {}, false],
])("where the keys are not known, %s of %j stands there: %s", (field, plain, stands) => {
  expect(standsInFile({ task: row({ ...BASE, ...plain }) }, field)).toBe(stands);
});

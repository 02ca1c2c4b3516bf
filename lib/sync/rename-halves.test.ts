import { expect, it } from "vitest";
import { itemsOfFileWrite, otherIdOf, withoutLeftOut } from "./rename-halves.ts";
import type { PlanItem } from "./types.ts";

const item = (key: string, more: Partial<PlanItem> = {}): PlanItem => ({
  key,
  action: "update",
  merged: false,
  before: null,
  after: null,
  ancestor: null,
  ...more,
});
const edit = { file: { edits: [], stamp: null } };
const keys = (items: readonly PlanItem[]) => items.map(({ key }) => key);

it("the other id of a rename is known on either half, and of no other item", () => {
  const items = [item("2", { renamedTo: "8" }), item("8", { renamedFrom: "2" }), item("1")];
  expect(items.map(otherIdOf)).toEqual(["8", "2", undefined]);
});

it.each([
  ["neither", "x", ["1", "2", "8"]],
  ["another task", "1", ["2", "8"]],
  ["the old id", "2", ["1"]],
  ["the new id", "8", ["1"]],
])("both halves are carried out or none: left out is %s", (_, left, done) => {
  const items = [item("1"), item("2", { renamedTo: "8" }), item("8", { renamedFrom: "2" })];
  expect(keys(withoutLeftOut(items, (key) => key === left))).toEqual(done);
});

it("to a write of the file belongs what it changes, with the other half of a rename", () => {
  const renamed = [item("2", { renamedTo: "8" }), item("8", { renamedFrom: "2", ...edit })];
  expect(keys(itemsOfFileWrite([item("1", edit), item("3"), item("4", { file: null }), ...renamed]))).toEqual(
    ["1", "4", "2", "8"],
  );
  expect(
    keys(itemsOfFileWrite([item("3"), item("5", { renamedFrom: "6" }), item("6", { renamedTo: "5" })])),
  ).toEqual([]);
});

import { expect, it } from "vitest";
import { touchedWithoutReason } from "./untouched.ts";

const text = (...lines: string[]) =>
  ["tasks:", "  - id: 1", ...lines.map((line) => `    ${line}`), ""].join("\n");
const found = (before: string, after: string) =>
  touchedWithoutReason(before, after, { tasks: [], lines: new Set() });

const FLOW = text('params: {"a":1}', "owner: ada");

it.each<[string, string, string]>([
  ["a value that changed", FLOW, text('params: {"a":2}', "owner: ada")],
  ["a map that came empty", FLOW, text('params: {"a":1, "deep": {}}', "owner: ada")],
  ["the only map, which went", text("params: {}", "owner: ada"), text("owner: ada")],
])("%s is a reason to write its line", (_, before, after) => {
  expect(found(before, after)).toEqual([]);
});

it.each<[string, string]>([
  ["params", text('params: {"a": 1}', "owner: ada")],
  ["owner", text('params: {"a":2}', 'owner: "ada"')],
])("a line of %s that says the same in other words is found", (key, after) => {
  const line = FLOW.split("\n").find((each) => each.includes(key));
  expect(found(FLOW, after)).toEqual([`a line of 1 has changed without a reason: ${JSON.stringify(line)}`]);
});

import { expect, it } from "vitest";
import { noParts } from "./plan.ts";
import { decidedByPolicy, policyResolutions } from "./policy.ts";
import type { Conflict } from "./types.ts";

const conflict = (key: string, more: Partial<Conflict> = {}): Conflict => ({
  key,
  kind: "modify_modify",
  fields: ["description"],
  reason: "",
  revision: `revision of ${key}`,
  ancestor: null,
  file: null,
  database: null,
  ...more,
});
const FOUND = [conflict("1"), conflict("2"), conflict("3", { olderFile: true })];

it("a policy decides what is found now, but neither what is open nor what an older file takes back", () => {
  expect([...policyResolutions(FOUND, "keep_file", (key) => key === "2")]).toEqual([
    ["1", { choice: "keep_file", revision: "revision of 1" }],
  ]);
  expect(policyResolutions(FOUND, "ask", () => false).size).toBe(0);
});

it("it has decided what is neither in conflict nor waits afterwards", () => {
  const found = ["1", "2", "3", "4"].map((key) => conflict(key));
  const chosen = policyResolutions(found, "merge", (key) => key === "4");
  const after = { ...noParts(), conflicts: [conflict("2")], pending: new Map([["3", "held" as const]]) };
  expect(decidedByPolicy(found, after, chosen).map(({ key }) => key)).toEqual(["1"]);
});

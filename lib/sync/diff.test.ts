import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { changesFor, diffContent, diffMaps, inFieldOrder } from "./diff.ts";
import { row } from "./testing/simulator.ts";

const stands = () => true;

describe("diffMaps", () => {
  it("names each place that differs, down to where a side has no map", () => {
    expect(diffMaps({ a: { b: 1, c: 1 }, d: [1], e: 1 }, { a: { b: 2, c: 1 }, d: [2], f: null })).toEqual([
      { path: ["a", "b"], before: 1, after: 2 },
      { path: ["d"], before: [1], after: [2] },
      { path: ["e"], before: 1, after: undefined },
      { path: ["f"], before: undefined, after: null },
    ]);
  });
});

describe("diffContent", () => {
  it("compares known fields, params and unknown keys alike", () => {
    const before = row({
      id: 1,
      skill_name: "s",
      schedule_cron: "0 3 * * *",
      params: { a: 1 },
      owner: { team: "x" },
    });
    const after = row({
      id: 1,
      skill_name: "s",
      schedule_cron: "0 4 * * *",
      params: { a: 1, b: 2 },
      owner: { team: "y" },
    });
    expect(diffContent(before, after).map(({ path }) => path.join("."))).toEqual([
      "schedule_cron",
      "params.b",
      "owner.team",
    ]);
    expect(diffContent(before, before)).toEqual([]);
  });
  it("treats null as no task", () => {
    const task = row({ id: 1, skill_name: "s", schedule_cron: "0 3 * * *" });
    expect(diffContent(null, task)).toContainEqual({ path: ["skill_name"], before: undefined, after: "s" });
    expect(diffContent(task, null)).toContainEqual({ path: ["skill_name"], before: "s", after: undefined });
  });
});

it("differences come in the order of a task's fields: its id first, and its own keys last", () => {
  const at = (...path: string[]) => ({ path, before: 1, after: 2 });
  const sorted = inFieldOrder([at("zeta"), at("params", "b"), at("id"), at("skill_name"), at("alpha")]);
  expect(sorted.map(({ path }) => path.join("."))).toEqual(["id", "skill_name", "params.b", "zeta", "alpha"]);
});

describe("changesFor", () => {
  const changes = (now: JsonMap, wanted: JsonMap) =>
    changesFor(now, wanted, Object.keys({ ...now, ...wanted }), stands);
  it("edits only the keys that differ", () => {
    expect(changes({ a: { b: 1, c: { d: 1, e: 1 } } }, { a: { b: 1, c: { d: 2, e: 1 }, f: 1 } })).toEqual([
      { path: ["a", "c", "d"], value: 2 },
      { path: ["a", "f"], value: 1 },
    ]);
  });
  it("removes keys", () => {
    expect(changes({ a: 1, b: { c: 1, d: 1 } }, { b: { c: 1 } })).toEqual([
      { path: ["a"], value: undefined },
      { path: ["b", "d"], value: undefined },
    ]);
  });
  it.each([
    ["becomes empty", { a: { b: 1 } }, { a: {} }],
    ["was empty", { a: {} }, { a: { b: 1 } }],
    ["keeps no key", { a: { b: 1 } }, { a: { c: 1 } }],
    ["was no map", { a: 1 }, { a: { c: 1 } }],
    ["is no map any more", { a: { c: 1 } }, { a: null }],
  ] as const)("sets a map as a whole that %s", (_name, now, wanted) => {
    expect(changes({ ...now }, { ...wanted })).toEqual([{ path: ["a"], value: wanted.a }]);
  });
  it("sets a key as a whole when the file does not have it", () => {
    expect(changesFor({ params: { a: 1 } }, { params: { a: 2, b: 1 } }, ["params"], () => false)).toEqual([
      { path: ["params"], value: { a: 2, b: 1 } },
    ]);
  });
});

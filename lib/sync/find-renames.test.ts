import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { contentOf } from "../task/content.ts";
import { findRenames } from "./find-renames.ts";
import { readFileTask, row } from "./testing/simulator.ts";
import type { LoadedCandidate } from "./types.ts";

const BASE = {
  skill_name: "backup",
  schedule_cron: "0 3 * * *",
  description: "base",
  params: { a: 1, b: 2 },
};

interface Given {
  file?: JsonMap | "held";
  database?: JsonMap | "held";
  ancestor?: JsonMap;
}

function candidate(key: string, { file, database, ancestor }: Given): LoadedCandidate {
  const task = (plain: JsonMap) => row({ id: key, ...plain });
  const side = database === "held" ? database : database && { task: task(database) };
  return {
    key,
    ancestor: ancestor && { content: contentOf(task(ancestor)), fieldsLeftBehind: {} },
    file: file === "held" ? file : file && readFileTask({ id: key, ...file }),
    database: side,
    fingerprint: null,
    row: side && { content: side === "held" ? null : contentOf(side.task), updatedBy: null },
  };
}

const gone = (key: string, plain: JsonMap = BASE) => candidate(key, { database: plain, ancestor: plain });
const came = (key: string, plain: JsonMap = BASE) => candidate(key, { file: plain });

const found = (
  candidates: LoadedCandidate[],
  {
    asked = {},
    before,
    now = [],
  }: { asked?: Record<string, string>; before?: string[]; now?: string[] } = {},
) =>
  findRenames(candidates, new Map(Object.entries(asked)), { before: () => before, now: () => now }).map(
    (rename) => `${rename.gone.key}>${rename.came.key}`,
  );

describe("a task that is gone and one that came are a pair", () => {
  const inPlace = { before: ["1", "7", "9"], now: ["1", "8", "9"] };
  const elsewhere = { before: ["1", "7", "9"], now: ["1", "9", "8"] };
  it.each<[string, JsonMap, object, boolean]>([
    ["that says the same", {}, {}, true],
    ["that says the same, elsewhere", {}, elsewhere, true],
    ["with one field of five changed", { description: "new" }, {}, true],
    ["with another status, which counts for nothing", { status: "running" }, {}, true],
    [
      "with two fields of five changed, elsewhere",
      { description: "new", schedule_cron: "1 1 * * *" },
      elsewhere,
      false,
    ],
    [
      "with two fields of five changed, in place",
      { description: "new", schedule_cron: "1 1 * * *" },
      inPlace,
      true,
    ],
    ["with another skill, elsewhere", { skill_name: "report" }, elsewhere, false],
    ["with another skill, in place", { skill_name: "report" }, inPlace, true],
    [
      "with almost everything changed, in place",
      { skill_name: "x", description: "y", params: { c: 3 } },
      inPlace,
      false,
    ],
  ])("%s", (_, change, order, isPair) => {
    expect(found([gone("7"), came("8", { ...BASE, ...change })], order)).toEqual(isPair ? ["7>8"] : []);
  });
});

describe("no pair", () => {
  const both = (key: string) => candidate(key, { file: BASE, database: BASE, ancestor: BASE });
  it.each<[string, LoadedCandidate[]]>([
    ["a task that is only gone", [gone("7")]],
    ["a task that only came", [came("8")]],
    ["a copy beside the original", [both("7"), came("8")]],
    ["ids that were exchanged", [both("7"), both("8")]],
    ["both sides have the new id", [gone("7"), candidate("8", { file: BASE, database: BASE })]],
    ["both sides agreed on the new id before", [gone("7"), candidate("8", { file: BASE, ancestor: BASE })]],
    ["gone from both sides", [candidate("7", { ancestor: BASE }), came("8")]],
    ["created in the database", [candidate("7", { database: BASE }), came("8")]],
    ["the new one cannot be read", [gone("7"), candidate("8", { file: "held" })]],
    [
      "the old one cannot be read in the file",
      [candidate("7", { file: "held", database: BASE, ancestor: BASE }), came("8")],
    ],
  ])("%s", (_, candidates) => {
    expect(found(candidates)).toEqual([]);
  });
});

it("a row that cannot be read is compared by what both sides agreed on", () => {
  expect(found([candidate("7", { database: "held", ancestor: BASE }), came("8")])).toEqual(["7>8"]);
});

it("each task has one partner, the one that is most like it", () => {
  const other = { ...BASE, description: "other" };
  const pairs = [gone("7"), gone("8", other), came("17", other), came("18"), came("19")];
  expect(found(pairs).sort()).toEqual(["7>18", "8>17"]);
});

it("tasks that say the same are told apart by their place", () => {
  const order = { before: ["7", "1", "8"], now: ["17", "1", "18"] };
  expect(found([gone("8"), gone("7"), came("17"), came("18")], order).sort()).toEqual(["7>17", "8>18"]);
});

it("a pair that was asked about stays one when its task changes or goes", () => {
  const changed = came("8", { skill_name: "x", schedule_cron: "1 1 1 1 *" });
  const like = came("9");
  expect(found([gone("7"), changed, like], { asked: { "7": "8" } })).toEqual(["7>8"]);
  expect(found([gone("7"), like], { asked: { "7": "8" } })).toEqual(["7>9"]);
});

it("ten thousand new ids at once are found without comparing each with each", () => {
  const tasks = Array.from({ length: 10_000 }, (_, i) => ({ ...BASE, description: `task ${i}` }));
  const candidates = [
    ...tasks.map((task, i) => gone(`${i}`, task)),
    ...tasks.map((task, i) => came(`n${i}`, task)),
  ];
  const pairs = found(candidates);
  expect(pairs).toHaveLength(10_000);
  expect(pairs.every((pair) => /^(\d+)>n\1$/.test(pair))).toBe(true);
});

import { describe, expect, it } from "vitest";
import { carriedSince, positionsOfRun, withCarried } from "./carried.ts";
import { contentOf } from "../task/content.ts";
import { NO_EDITS } from "./diff.ts";
import { BASE } from "./testing/candidate.ts";
import { apply, candidatesOf, inStep, OPTIONS, row, type World } from "./testing/simulator.ts";
import { reconcile } from "./reconcile.ts";
import type { JsonMap } from "../json.ts";

const knownOf = (world: World) => (key: string) => {
  const task = world.database.get(key);
  return {
    ancestor: world.ancestors.get(key),
    row: task && { content: contentOf(task), updatedBy: null },
  };
};

/** One run, in which the file gets the position. */
function run(world: World, position: number): void {
  const { items } = reconcile(candidatesOf(world), OPTIONS);
  const remembering = withCarried(items, knownOf(world), position);
  apply(world, { ...reconcile([], OPTIONS), items: remembering });
}

const carried = (world: World) => world.ancestors.get("1")?.carried ?? {};
const inRow = (world: World, plain: JsonMap) => world.database.set("1", row({ ...BASE, ...plain }));
const inFile = (world: World, plain: JsonMap) => world.file.set("1", { ...BASE, ...plain });

it("is what a run writes into the file for the database, field by field", () => {
  const world = inStep({ ...BASE, params: { a: 1, b: { c: 1 } } });
  inRow(world, { description: "edited", params: { a: 1, b: { c: 2 } } });
  run(world, 4);
  expect(carried(world)).toEqual({ description: 4, "params.b.c": 4 });
});

it("is no edit of the file, and what the file edits later is the file's own again", () => {
  const world = inStep({ ...BASE });
  inRow(world, { description: "database", skill_name: "database" });
  run(world, 4);
  inFile(world, { description: "file", skill_name: "database" });
  run(world, 6);
  expect(carried(world)).toEqual({ skill_name: 4 });
});

it("stays where both sides say so already, as after a run that was killed when it had written the file", () => {
  const world = inStep({ ...BASE });
  const before = world.ancestors.get("1")!;
  world.ancestors.set("1", { ...before, carried: { description: 4 } });
  inRow(world, { description: "database" });
  inFile(world, { description: "database", skill_name: "file" });
  run(world, 6);
  expect(carried(world)).toEqual({ description: 4 });
});

it("has the position of the last edit of the field", () => {
  const world = inStep({ ...BASE });
  inRow(world, { description: "one" });
  run(world, 4);
  inRow(world, { description: "two" });
  run(world, 6);
  expect(carried(world)).toEqual({ description: 6 });
});

it("of a merge is only what the database changed", () => {
  const world = inStep({ ...BASE });
  inRow(world, { description: "database" });
  inFile(world, { skill_name: "file" });
  run(world, 4);
  expect(carried(world)).toEqual({ description: 4 });
});

it("loses what lies within a map that the file has replaced", () => {
  const world = inStep({ ...BASE, owner: { team: "a", floor: 1 } });
  inRow(world, { owner: { team: "b", floor: 1 } });
  run(world, 4);
  expect(carried(world)).toEqual({ "owner.team": 4 });
  inFile(world, { owner: "ann" });
  run(world, 6);
  expect(carried(world)).toEqual({});
});

it("of a task that the database created is the whole task, and of one that the file created nothing", () => {
  const world = inStep();
  inRow(world, {});
  world.file.set("2", { ...BASE, id: 2 });
  run(world, 4);
  expect(carried(world)).toEqual({ "": 4 });
  expect(world.ancestors.get("2")?.carried).toEqual({});
  expect(carriedSince(carried(world), 3)).toEqual([[]]);
});

it("has no next run that was computed for a new schedule", () => {
  const world = inStep({ ...BASE });
  inRow(world, { schedule_cron: "5 5 * * *" });
  run(world, 4);
  expect(carried(world)).toEqual({ schedule_cron: 4 });
});

it("counts from a position on, and names paths", () => {
  const some = { description: 4, "params.a\\.b": 6 };
  expect(carriedSince(some, 3)).toEqual([["description"], ["params", "a.b"]]);
  expect(carriedSince(some, 4)).toEqual([["params", "a.b"]]);
  expect(carriedSince(some, 6)).toEqual([]);
  expect(carriedSince(undefined, 0)).toEqual([]);
});

it("of a rename moves with the task", () => {
  const world = inStep({ ...BASE });
  inRow(world, { description: "database" });
  run(world, 4);
  const ancestor = world.ancestors.get("1")!;
  const renamed = {
    key: "8",
    action: "create",
    merged: false,
    before: null,
    after: ancestor.content,
    ancestor,
  } as const;
  const [item] = withCarried([{ ...renamed, renamedFrom: "1" }], knownOf(world), 6);
  expect(item?.ancestor?.carried).toEqual({ description: 4 });
  const [created] = withCarried([renamed], () => ({ ancestor, row: undefined }), 6);
  expect(created?.ancestor?.carried).toEqual({});
});

describe("of an undo that puts lines back", () => {
  const before = { content: row(BASE), fieldsLeftBehind: {}, carried: { skill_name: 2 } };
  const after = { content: row({ ...BASE, description: "undone" }), fieldsLeftBehind: {} };
  const item = {
    key: "1",
    merged: false,
    before: null,
    after: null,
    linesBack: true,
    file: NO_EDITS,
  } as const;
  it.each([
    ["is what they change", { action: "update", ancestor: after }, { skill_name: 2, description: 6 }],
    ["is the whole task where they bring it back", { action: "create", ancestor: after }, { "": 6 }],
    [
      "has no next run that was computed",
      {
        action: "update",
        ancestor: { ...after, content: row({ ...BASE, next_run_at: "2031-01-01T00:00:00Z" }) },
        computedNextRun: true,
      },
      { skill_name: 2 },
    ],
    [
      "has one that was set",
      {
        action: "update",
        ancestor: { ...after, content: row({ ...BASE, next_run_at: "2031-01-01T00:00:00Z" }) },
        computedNextRun: false,
      },
      { skill_name: 2, next_run_at: 6 },
    ],
  ] as const)("%s", (_, more, carried) => {
    const [done] = withCarried([{ ...item, ...more }], () => ({ ancestor: before, row: undefined }), 6);
    expect(done?.ancestor?.carried).toEqual(carried);
  });

  it("is nothing where the task was not agreed on before", () => {
    const [done] = withCarried([{ ...item, action: "update", ancestor: after }], () => undefined, 6);
    expect(done?.ancestor?.carried).toEqual({});
  });
});

it("a run finds a revision one after the last, and writes the one after that", () => {
  expect(positionsOfRun(4)).toEqual({ found: 5, written: 6 });
});

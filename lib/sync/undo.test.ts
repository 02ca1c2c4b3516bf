import { beforeEach, describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { PLAYED, PlayedSource } from "./testing/played-source.ts";

const OTHER: JsonMap = { ...PLAYED, id: 2, skill_name: "report", description: "other" };

let source: PlayedSource;
beforeEach(() => {
  source = new PlayedSource(PLAYED, OTHER);
});

const file = () => source.world.file.get("1");
const said = () => source.world.database.get("1");
const messages = () => source.last?.problems.map(({ message }) => message);
const items = () => source.last?.plan.items ?? [];
const inFile = (change: JsonMap | null) => source.inFile(1, change);
const inRow = (change: JsonMap | null) => source.inRow(1, change);
/** Nothing is left to do. */
function expectInStep(): void {
  source.run();
  expect(source.last?.plan).toMatchObject({ items: [], conflicts: [], pending: new Map() });
}

describe("an undo", () => {
  it("of the file's edit gives both sides back, the file with its own lines", () => {
    inFile({ description: "edited" });
    const run = source.run();
    source.run({ undo: run });
    expect(file()).toEqual(PLAYED);
    expect(said()?.description).toBe("base");
    expect(items()).toMatchObject([
      {
        key: "1",
        action: "update",
        linesBack: true,
        before: { description: "edited" },
        after: { description: "base" },
      },
    ]);
    expect([...(source.last?.asked ?? [])]).toEqual(["1"]);
    expectInStep();
  });

  it("of the database's edit does the same, and its own undo brings the edit again", () => {
    inRow({ params: { a: 1 } });
    const run = source.run();
    const undo = source.run({ undo: run });
    expect([file(), said()?.params]).toEqual([PLAYED, {}]);
    source.run({ undo });
    expect([file()?.["params"], said()?.params]).toEqual([{ a: 1 }, { a: 1 }]);
    expectInStep();
  });

  it("whose lines cannot be put back writes the values", () => {
    inFile({ description: "edited" });
    const run = source.run();
    source.run({
      undo: { ...run, file: new Map([["1", { ...PLAYED, description: "not what was agreed" }]]) },
    });
    expect(items()).toMatchObject([{ file: { edits: [{ path: ["description"], value: "base" }] } }]);
    expect(items()[0]?.linesBack).toBeUndefined();
    expect([file()?.["description"], said()?.description]).toEqual(["base", "base"]);
  });

  it("of a creation deletes the task, and the undo of that creates it with its lines", () => {
    source.inFile(3, { ...PLAYED, id: 3, owner: "ann" });
    const undo = source.run({ undo: source.run() });
    expect([source.world.file.has("3"), source.world.database.has("3")]).toEqual([false, false]);
    expect(items()).toMatchObject([{ key: "3", action: "delete", file: null, database: null }]);
    source.run({ undo });
    expect(source.world.file.get("3")).toEqual({ ...PLAYED, id: 3, owner: "ann" });
    expect(source.world.database.get("3")).toMatchObject({ extra: { owner: "ann" } });
    expectInStep();
  });

  it("of a deletion, with the id's own type, brings the task back", () => {
    inRow(null);
    source.run({ undo: source.run() });
    expect(file()).toEqual(PLAYED);
    expect(said()).toMatchObject({ id: 1, description: "base" });
    expectInStep();
  });

  it("keeps edits since of other fields, and asks about those of the same", () => {
    inFile({ description: "edited" });
    const run = source.run();
    inRow({ skill_name: "since" });
    source.run();
    source.run({ undo: run });
    expect(said()).toMatchObject({ description: "base", skill_name: "since" });
    expectInStep();

    inFile({ description: "again" });
    const again = source.run();
    inFile({ description: "later" });
    source.run();
    source.run({ undo: again });
    expect([...source.open.values()]).toMatchObject([{ key: "1", fields: ["description"] }]);
    expect([file()?.["description"], said()?.description]).toEqual(["later", "base"]);
    expect(items()).toMatchObject([
      { action: "update", before: { description: "later" }, after: { description: "base" }, merged: false },
    ]);
  });

  it("that is in conflict leaves the row alone in what its run did not change", () => {
    inFile({ description: "edited" });
    const run = source.run();
    inFile({ description: "later", skill_name: "since" });
    source.run();
    source.run({ undo: run });
    expect([...source.open.values()]).toMatchObject([{ key: "1", fields: ["description"] }]);
    expect(said()).toMatchObject({ description: "base", skill_name: "since" });
  });

  it("of a creation that was edited since in the file is a conflict, with its row gone", () => {
    source.inFile(3, { ...PLAYED, id: 3 });
    const run = source.run();
    source.inFile(3, { description: "since" });
    source.run();
    source.run({ undo: run });
    expect([...source.open.values()]).toMatchObject([{ key: "3", kind: "modify_delete" }]);
    expect(items()).toMatchObject([{ key: "3", action: "delete", database: null, after: null }]);
  });

  it("leaves a task alone that has an edit which the other side does not have yet", () => {
    inFile({ description: "edited" });
    const run = source.run();
    inRow({ skill_name: "waits" });
    source.run({ undo: run });
    expect(messages()).toEqual(["Task 1 has edits that are not in step yet, so it was not undone"]);
    expect(source.last?.problems).toMatchObject([{ code: "run_failed", task_id: "1" }]);
    expect(said()).toMatchObject({ description: "edited", skill_name: "waits" });
    expect([...(source.last?.asked ?? [])]).toEqual([]);
  });

  it.each([
    [
      "held in the file",
      (each: ReturnType<PlayedSource["candidates"]>[number]) => ({ ...each, file: "held" as const }),
    ],
    ["held in the database", (each) => ({ ...each, database: "held" as const })],
    ["out of date in the file", (each) => ({ ...each, unseen: [["skill_name"]] })],
    ["without a readable row", (each) => ({ ...each, row: { content: null, updatedBy: null } })],
    ["without what was agreed", (each) => ({ ...each, ancestor: undefined })],
    ["without its row", (each) => ({ ...each, row: undefined })],
  ] satisfies [string, (each: ReturnType<PlayedSource["candidates"]>[number]) => object][])(
    "leaves a task alone that is %s",
    (_, change) => {
      inFile({ description: "edited" });
      const undo = source.run();
      source.run({
        undo,
        candidates: source.candidates().map((each) => (each.key === "1" ? change(each) : each)) as never,
      });
      expect(messages()).toContain("Task 1 has edits that are not in step yet, so it was not undone");
    },
  );

  it("of what only ticked says so where the task was deleted since", () => {
    inRow({ status: "running", next_run_at: null });
    const run = source.run();
    inFile(null);
    source.run();
    source.run({ undo: run });
    expect(messages()).toEqual(["Nothing of task 1 was put back: it has been deleted since, on both sides"]);
    expect(items()).toEqual([]);
  });

  it("of more than that asks where the task was deleted since", () => {
    inRow({ description: "edited" });
    const run = source.run();
    inFile(null);
    source.run();
    source.run({ undo: run });
    expect([...source.open.values()]).toMatchObject([{ key: "1", kind: "delete_modify" }]);
    expect(said()?.description).toBe("base");
    expect(items()).toMatchObject([{ action: "update", before: null, after: { description: "base" } }]);
  });

  it("of a run that wrote nothing says so", () => {
    source.run({ undo: source.run() });
    expect(messages()).toEqual([
      "The run wrote none of these tasks on either side, so there is nothing to put back",
    ]);
    expect(source.last?.problems).toMatchObject([{ code: "run_failed" }]);
  });

  it("does not decide by the policy, which would decide against who asked", () => {
    inFile({ description: "edited" });
    const run = source.run();
    inFile({ description: "later" });
    source.run();
    source.run({ undo: run, policy: "keep_file" });
    expect([...source.open.keys()]).toEqual(["1"]);
    expect(source.last?.decidedByPolicy).toEqual([]);
  });

  it("leaves the earlier time to the database where the file's lines named none", () => {
    source = new PlayedSource({ id: 1, skill_name: "s", schedule_cron: "0 3 * * *" });
    const before = said()?.next_run_at;
    inFile({ schedule_cron: "0 4 * * *" });
    const run = source.run();
    expect(said()?.next_run_at).not.toBe(before);
    source.run({ undo: run });
    expect(file()).toEqual({ id: 1, skill_name: "s", schedule_cron: "0 3 * * *" });
    expect(said()?.next_run_at).toBe(before);
    expectInStep();
  });

  it("refuses a history that holds no task", () => {
    const change = { task_id: "1", action: "update" as const, before: '{"skill_name":""}', after: null };
    const undo = { changes: [change], resolved: new Map(), file: new Map() };
    expect(() => source.run({ undo })).toThrow("the history of task 1 holds no valid task");
  });
});

describe("an undo of what a side owns", () => {
  it.each(["file", "database"] as const)("puts it back where the %s has not moved it since", (owner) => {
    const options = { ownership: { description: owner } };
    const edit = { description: "edited", skill_name: "edited" };
    if (owner === "file") inFile(edit);
    else inRow(edit);
    const run = source.run({ options });
    source.run({ undo: run, options });
    expect(said()).toMatchObject({ description: "base", skill_name: "backup" });
    expect(file()).toEqual(PLAYED);
    expect(messages()).toEqual([]);
    expect(items()).toMatchObject([{ before: { description: "edited" } }]);
  });

  it("keeps what its owner has changed since", () => {
    const options = { ownership: { status: "database", description: "database" } as const };
    inRow({ status: "paused", description: "edited", skill_name: "edited" });
    const run = source.run({ options });
    inRow({ status: "running", description: "moved" });
    source.run({ options });
    source.run({ undo: run, options });
    expect(said()).toMatchObject({ status: "running", description: "moved", skill_name: "backup" });
    expect(messages()).toEqual([]);
  });

  it("says so where its owner has changed all of it since", () => {
    const options = { ownership: { status: "file", description: "file" } as const };
    inFile({ status: "paused", description: "edited" });
    const run = source.run({ options });
    inFile({ status: "running", description: "moved" });
    source.run({ options });
    source.run({ undo: run, options });
    expect(messages()).toEqual([
      "Nothing of task 1 was put back: status and description has been changed since by the side that owns it",
    ]);
    expect(source.last?.problems).toMatchObject([{ code: "run_failed", task_id: "1" }]);
    expect(said()).toMatchObject({ status: "running", description: "moved" });
  });

  it("does not bring back for a moment what the owner's deletion would take again", () => {
    const options = { ownership: { description: "file" } as const };
    inFile({ description: "edited" });
    const run = source.run({ options });
    inRow(null);
    source.run({ options });
    source.run({ undo: run, options });
    expect(messages()).toEqual(["Nothing of task 1 was put back: it has been deleted since, on both sides"]);
    expect(said()).toBeUndefined();
  });
});

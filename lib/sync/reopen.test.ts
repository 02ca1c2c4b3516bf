import { beforeEach, describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { PLAYED, PlayedSource } from "./testing/played-source.ts";
import type { Answer, Choice } from "./types.ts";

const TASK: JsonMap = { ...PLAYED, params: { a: 1, b: 1 } };

let source: PlayedSource;
beforeEach(() => {
  source = new PlayedSource(TASK, { ...TASK, id: 2, skill_name: "report", description: "other" });
});

const said = (id = "1") => source.world.database.get(id);
const items = () => source.last?.plan.items ?? [];
const messages = () => source.last?.problems.map(({ message }) => message);
const open = () => [...source.open.values()];
const both = () => structuredClone([source.world.file.get("1"), source.world.database.get("1")]);

/** Both sides edit the description, and each something else. */
function disagree() {
  source.inFile(1, { description: "file", skill_name: "by-file" });
  source.inRow(1, { description: "database", params: { a: 2, b: 1 } });
  source.run();
  return both();
}
const answer = (choice: Answer, task = "1") => source.run({ answer: { task, choice } });

describe("the undo of a choice", () => {
  it.each<Choice>(["keep_file", "keep_database", "merge"])("%s brings the conflict back", (choice) => {
    const before = disagree();
    const run = answer(choice);
    expect(open()).toEqual([]);
    const chosen = said()?.description;
    source.run({ undo: run });
    expect(open()).toMatchObject([{ key: "1", kind: "modify_modify", fields: ["description"] }]);
    expect(both()).toEqual(before);
    expect(items()).toMatchObject([
      { key: "1", action: "update", merged: false, before: { description: chosen } },
    ]);
    expect(items()[0]?.after).toMatchObject({ description: "database" });
    expect(items()[0]?.ancestor).toMatchObject({ content: { description: "base" }, fieldsLeftBehind: {} });
    expect(messages()).toEqual([]);
    expect([...(source.last?.asked ?? [])]).toEqual(["1"]);
  });

  it("writes only the side that the choice has changed", () => {
    disagree();
    source.run({ undo: answer("keep_file") });
    expect(items()).toHaveLength(1);
    expect(items()[0]).toHaveProperty("database");
    expect(items()[0]?.file).toBeUndefined();
    source.run({ undo: answer("keep_database") });
    expect(items()[0]).toMatchObject({ file: { edits: [] }, linesBack: true });
    expect(items()[0]?.database).toBeUndefined();
  });

  it("whose lines cannot be put back writes what differs in them", () => {
    disagree();
    const run = answer("keep_database");
    source.run({ undo: { ...run, file: new Map([["1", TASK]]) } });
    expect(items()[0]?.linesBack).toBeUndefined();
    expect(items()[0]?.file).toMatchObject({
      edits: [
        { path: ["skill_name"], value: "by-file" },
        { path: ["description"], value: "file" },
        { path: ["params", "a"], value: 1 },
      ],
      stamp: null,
    });
  });

  it("keeps what the executor has reported since", () => {
    disagree();
    const run = answer("keep_database");
    source.inRow(1, { status: "running" });
    source.run();
    source.run({ undo: run });
    expect(open()).toMatchObject([{ fields: ["description"] }]);
    expect(said()).toMatchObject({ status: "running", description: "database" });
  });

  it.each(["file", "database"] as const)(
    "where the %s was edited since is an undo like any other",
    (side) => {
      disagree();
      const run = answer("keep_file");
      if (side === "file") source.inFile(1, { owner: "since" });
      else source.inRow(1, { owner: "since" });
      source.run();
      source.run({ undo: run });
      expect(said()).toMatchObject({ description: "base", extra: { owner: "since" } });
    },
  );

  it("by time stamps is an undo like any other", () => {
    disagree();
    const run = answer("keep_file");
    source.run({ undo: run, options: { strategy: "timestamp" } });
    expect(said()).toMatchObject({ description: "base" });
  });

  it("whose sides are no conflict any more, as one of them owns the field now, is an undo like any other", () => {
    disagree();
    const run = answer("keep_file");
    source.run({ undo: run, options: { ownership: { description: "file" } } });
    expect(open()).toEqual([]);
    expect(said()).toMatchObject({ description: "base" });
  });

  it("whose record holds no valid task is an undo like any other", () => {
    disagree();
    for (const party of ["ancestor", "file", "database"] as const) {
      const run = answer("keep_file");
      const record = run.resolved.get("1")!;
      const undo = { ...run, resolved: new Map([["1", { ...record, [party]: { id: 1, skill_name: "" } }]]) };
      source.run({ undo });
      expect([open(), said()?.description]).toEqual([[], "base"]);
      disagree();
    }
  });

  it.each<[string, JsonMap | null, JsonMap | null]>([
    ["the file had deleted the task", null, { description: "database" }],
    ["the database had deleted the task", { description: "file" }, null],
  ])("where %s brings that back", (_, file, database) => {
    source.inFile(1, file);
    source.inRow(1, database);
    source.run();
    const before = both();
    for (const choice of ["keep_file", "keep_database"] as const) {
      source.run({ undo: answer(choice) });
      expect(both()).toEqual(before);
      expect(open()).toHaveLength(1);
      const action = choice === (file ? "keep_file" : "keep_database") ? "update" : "create";
      expect(items()).toMatchObject([{ action }]);
    }
  });

  it("of a task that both sides had created brings both back", () => {
    source.inFile(3, { ...TASK, id: 3, description: "file" });
    source.inRow(3, { ...TASK, id: 3, description: "database" });
    source.run();
    source.run({ undo: answer("keep_file", "3") });
    expect(open()).toMatchObject([{ key: "3", kind: "create_create" }]);
    expect(items()).toMatchObject([{ key: "3", ancestor: null }]);
    expect([source.world.file.get("3")?.["description"], said("3")?.description]).toEqual([
      "file",
      "database",
    ]);
  });

  it("says that nothing was put back where an older file was the cause, and the row was kept", () => {
    source.inRow(1, { description: "carried" });
    source.run();
    source.inFile(1, TASK);
    const older = source.candidatesOfOlderFile("1", ["description"]);
    source.run({ candidates: older });
    expect(open()).toMatchObject([{ olderFile: true }]);
    const run = source.run({ candidates: older, answer: { task: "1", choice: "keep_database" } });
    source.run({ undo: run });
    expect(messages()).toEqual([
      "Nothing of task 1 was put back: the run only carried the database's edits to the file, and the earlier text " +
        "would take these edits back. That text is among the kept versions of the file",
    ]);
    expect(source.last?.problems).toMatchObject([{ code: "run_failed", task_id: "1" }]);
    expect(said()).toMatchObject({ description: "carried" });
    expect(items()).toEqual([]);
  });
});

describe("the undo of the answer to a rename", () => {
  const renames = () => open().map(({ key, kind, renamedTo }) => ({ key, kind, renamedTo }));
  const ASKS = [{ key: "1", kind: "renamed", renamedTo: "8" }];
  const world = () => structuredClone([[...source.world.file], [...source.world.database]]);

  it.each<Answer>(["keep_file", "keep_database", "merge", "separate"])("%s asks again", (choice) => {
    source.renumber(1, 8);
    source.run();
    expect(renames()).toEqual(ASKS);
    const before = world();
    const run = answer(choice);
    expect([source.world.file.has("8"), source.world.database.has("8")]).toEqual(
      choice === "keep_database" ? [false, false] : [true, true],
    );
    source.run({ undo: run });
    expect(renames()).toEqual(ASKS);
    expect(world().map((side) => new Map(side as []))).toEqual(before.map((side) => new Map(side as [])));
    expect([...(source.last?.plan.pending ?? [])]).toEqual([
      ["1", "conflict"],
      ["8", "renamed"],
    ]);
    expect([...(source.last?.asked ?? [])].sort()).toEqual(["1", "8"]);
    source.run();
    expect(renames()).toEqual(ASKS);
  });

  it.each<[Answer, JsonMap]>([
    ["keep_file", { description: "both", params: { a: 2, b: 1 } }],
    ["keep_database", { description: "both", params: { a: 2, b: 1 } }],
  ])("%s gives both sides what they said, where their edits were merged", (choice) => {
    source.renumber(1, 8);
    source.inFile(8, { description: "file" });
    source.inRow(1, { params: { a: 2, b: 1 } });
    source.run();
    source.run({ undo: answer(choice) });
    expect(renames()).toEqual(ASKS);
    expect(source.world.file.get("8")).toEqual({ ...TASK, id: 8, description: "file" });
    expect(said()).toMatchObject({ description: "base", params: { a: 2, b: 1 } });
    const told = Object.fromEntries(
      items().map(({ key, action, before, after }) => [key, [action, before === null, after === null]]),
    );
    expect(told).toEqual(
      choice === "keep_file"
        ? { "1": ["create", true, false], "8": ["delete", false, true] }
        : { "1": ["update", false, false], "8": ["update", true, false] },
    );
    const names = items().map(({ key, renamedFrom, renamedTo }) => ({ key, renamedFrom, renamedTo }));
    if (choice === "keep_file")
      expect(names).toEqual([
        { key: "1", renamedFrom: "8", renamedTo: undefined },
        { key: "8", renamedFrom: undefined, renamedTo: "1" },
      ]);
    else
      expect(names.map(({ renamedFrom, renamedTo }) => [renamedFrom, renamedTo])).toEqual([
        [undefined, undefined],
        [undefined, undefined],
      ]);
  });

  it.each<["file" | "database", Answer]>([
    ["file", "keep_file"],
    ["database", "keep_file"],
    ["file", "keep_database"],
    ["database", "keep_database"],
  ])("where the %s was edited since does not ask (%s)", (side, choice) => {
    source.renumber(1, 8);
    source.run();
    const run = answer(choice);
    const id = choice === "keep_file" ? 8 : 1;
    if (side === "file") source.inFile(id, { description: "since" });
    else source.inRow(id, { description: "since" });
    source.run();
    source.run({ undo: run });
    expect(renames()).not.toEqual(ASKS);
    expect([...source.world.file.values()].map(({ description }) => description)).toContain("since");
  });
});

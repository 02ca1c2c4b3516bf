import { beforeEach, describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { PlayedSource } from "./testing/played-source.ts";

const TASK: JsonMap = { id: 1, skill_name: "backup", schedule_cron: "0 3 * * *", description: "base" };

let source: PlayedSource;
beforeEach(() => {
  source = new PlayedSource(TASK, { ...TASK, id: 2, skill_name: "report" });
});

const last = () => source.last!;
const open = () => [...source.open.keys()];
function disagree(): void {
  source.inFile(1, { description: "file" });
  source.inRow(1, { description: "database" });
}

describe("a choice for a conflict", () => {
  beforeEach(() => {
    disagree();
    source.run();
  });
  const of = (more: object) => ({ conflict_id: "of 1", task_id: "1", choice: "keep_file" as const, ...more });

  it.each<[string, object, string, string]>([
    ["of another conflict", { conflict_id: "of 9" }, "conflict_closed", "This conflict is no longer open"],
    ["of a task without one", { task_id: "2" }, "conflict_closed", "This conflict is no longer open"],
    [
      "of an older state",
      { revision: "old" },
      "stale_conflict",
      "One side has changed since you looked; look again",
    ],
    [
      "that makes no task",
      { fields: { skill_name: { value: "" } } },
      "invalid_task",
      expect.stringMatching(/skill_name/) as unknown as string,
    ],
  ])("%s is refused", (_, more, code, message) => {
    source.run({ resolutions: [of(more)] });
    expect(last().refused).toEqual([{ conflict_id: of(more).conflict_id, code, message }]);
    expect(open()).toEqual(["1"]);
  });

  it("of a row that is being edited is refused", () => {
    source.run({ busy: ["1"], candidates: [], resolutions: [of({})] });
    const message = "This row is being edited in the database right now; try again";
    expect(last().refused).toEqual([{ conflict_id: "of 1", code: "unavailable", message }]);
    expect([...last().plan.pending]).toEqual([["1", "busy"]]);
  });

  it("that comes when both sides agree is refused", () => {
    source.inRow(1, { description: "file" });
    source.run({ resolutions: [of({})] });
    expect(last().refused).toEqual([
      {
        conflict_id: "of 1",
        code: "conflict_closed",
        message: "Both sides agree now; nothing is left to resolve",
      },
    ]);
  });

  it("that counts is asked for by a person, and refuses nothing", () => {
    source.run({ resolutions: [of({})] });
    expect([last().refused, [...last().asked]]).toEqual([[], ["1"]]);
    expect(source.world.database.get("1")?.description).toBe("file");
  });
});

describe("a policy", () => {
  it("decides a conflict when it is found, and what it decided is told", () => {
    disagree();
    source.run({ policy: "keep_database" });
    expect(open()).toEqual([]);
    expect(last().decidedByPolicy).toMatchObject([{ key: "1", fields: ["description"] }]);
    expect(source.world.file.get("1")?.["description"]).toBe("database");
  });

  it("leaves a conflict to a person that is open already, and decides the others", () => {
    disagree();
    source.run();
    source.inFile(2, { description: "file" });
    source.inRow(2, { description: "database" });
    source.run({ policy: "keep_file" });
    expect(open()).toEqual(["1"]);
    expect(last().decidedByPolicy.map(({ key }) => key)).toEqual(["2"]);
  });

  it("decides nothing about an older file, and nothing that makes no task", () => {
    source.inRow(1, { description: "carried" });
    source.run();
    source.inFile(1, TASK);
    const candidates = source.candidatesOfOlderFile("1", ["description"]);
    source.run({ policy: "keep_file", candidates });
    expect([open(), last().decidedByPolicy]).toEqual([["1"], []]);
  });

  it("that asks decides nothing", () => {
    disagree();
    source.run({ policy: "ask" });
    expect([open(), last().decidedByPolicy]).toEqual([["1"], []]);
  });
});

describe("what waits", () => {
  it("is a row that cannot be read, and one that another transaction edits", () => {
    const candidates = source
      .candidates()
      .map((each) => (each.key === "1" ? { ...each, database: "held" as const } : each));
    source.run({ candidates, busy: ["7"] });
    expect([...last().plan.pending]).toEqual([
      ["1", "held"],
      ["7", "busy"],
    ]);
  });

  it("is every new task of the file, where one that is gone cannot be seen", () => {
    source.inFile(3, { ...TASK, id: 3 });
    source.inFile(2, { description: "edited" });
    source.run({
      busy: ["1"],
      busyGone: true,
      candidates: source.candidates().filter(({ key }) => key !== "1"),
    });
    expect([...last().plan.pending]).toEqual([
      ["1", "busy"],
      ["3", "busy"],
    ]);
    expect(source.world.database.get("2")?.description).toBe("edited");
  });

  it.each([
    [true, true],
    [false, false],
  ])(
    "is an absence that is not believed, and the file is read again where its items have ids: %s",
    (ids, again) => {
      source.inFile(1, null);
      source.run({ options: { fileAbsenceBelieved: false }, everyItemIdentified: ids });
      expect([[...last().plan.pending], last().mustReadAgain]).toEqual([[["1", "unbelieved"]], again]);
      source.run({ everyItemIdentified: ids });
      expect(last().mustReadAgain).toBe(false);
    },
  );
});

describe("a possible rename", () => {
  beforeEach(() => source.renumber(1, 8));

  it("that is answered counts as asked for, under both ids", () => {
    source.run();
    source.run({ answer: { task: "1", choice: "keep_file" } });
    expect([...last().asked].sort()).toEqual(["1", "8"]);
    expect(last().plan.settled).toMatchObject([{ key: "1", renamedTo: "8" }]);
  });

  it("stays one once asked about, however little is alike by then", () => {
    source.run();
    source.inFile(8, { skill_name: "x", schedule_cron: "1 1 1 1 *", description: "x", params: { a: 1 } });
    source.run();
    expect(open()).toEqual(["1"]);
    expect([...last().plan.pending]).toEqual([
      ["1", "conflict"],
      ["8", "renamed"],
    ]);
  });

  it("among very many is asked about like any other", () => {
    source = new PlayedSource(
      ...Array.from({ length: 45 }, (_, n) => ({ ...TASK, id: n + 1, skill_name: `skill-${n}` })),
    );
    for (let n = 1; n <= 45; n++) source.renumber(n, n + 100);
    source.run();
    expect([...source.open.values()].map(({ key, renamedTo }) => [key, renamedTo])).toEqual(
      Array.from({ length: 45 }, (_, n) => [`${n + 1}`, `${n + 101}`]),
    );
    expect(last().plan.pending.size).toBe(90);
  });
});

import { rm, writeFile } from "node:fs/promises";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

describe("a file that cannot be taken for a list of tasks", () => {
  const BAD: [string, string | Buffer | null, { code: string; line?: number; column?: number }][] = [
    ["is missing", null, { code: "file_missing" }],
    ["is empty", "", { code: "file_empty" }],
    ["has only comments", "# nothing here\n", { code: "file_empty" }],
    ["has no tasks", "metadata: {}\n", { code: "no_tasks" }],
    [
      "has a syntax error",
      "tasks:\n  - id: 1\n    skill_name: [a\n    b: 1\n",
      { code: "yaml_syntax", line: 4, column: 5 },
    ],
    [
      "is not UTF-8",
      Buffer.concat([Buffer.from(SAMPLE), Buffer.from([0x23, 0xff, 0xfe])]),
      { code: "not_utf8" },
    ],
  ];

  it.each(BAD)("%s: nothing changes on either side, and edits stay", async (_name, bad, problem) => {
    await source.sql("UPDATE tasks SET description = 'Meanwhile' WHERE id = '2'");
    if (bad === null) await rm(source.path);
    else await source.write(bad);
    const before = await source.everything();
    expect(await source.run("database")).toMatchObject({
      outcome: "failed",
      counts: { updated: 0, deleted: 0, problems: 1 },
    });
    expect(await source.everything()).toEqual(before);
    const [found, ...others] = await source.problems();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: problem.code });
    if (problem.line) expect(found).toMatchObject(problem);

    await source.write(SAMPLE);
    expect((await source.run("watch")).outcome).toBe("succeeded");
    expect(await source.read()).toContain("description: Meanwhile");
    expect(await source.problems()).toEqual([]);
    await source.expectInStep();
  });

  it("is reported once to those who did not ask, and every time to those who did", async () => {
    await source.write("tasks: [");
    for (let n = 0; n < 3; n++) await source.run("watch");
    await source.run("schedule");
    expect((await source.runs()).map((run) => run.trigger)).toEqual(["startup", "watch"]);
    await source.run("manual");
    await source.write("tasks: {");
    await source.run("watch");
    expect((await source.runs()).map((run) => run.trigger).slice(2, 3)).toEqual(["manual"]);
  });

  it("tasks: [] is a valid list without tasks, so it halts like any mass deletion", async () => {
    await source.write("tasks: []\n");
    expect(await source.run("watch")).toMatchObject({
      outcome: "halted",
      halt: { deletions: ["1", "2", "3"] },
    });
    await source.run("manual", { kind: "sync", allow_deletes: true });
    expect(await source.sql("SELECT id FROM tasks")).toEqual([]);
    await source.expectInStep();
    await source.sql("INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('7', 'a', '0 0 * * *')");
    await source.run("database");
    await source.expectInStep();
    await source.sql("DELETE FROM tasks");
    await source.run("database");
    expect(await source.read()).toContain("tasks: []");
    await source.expectInStep();
  });
});

describe("a task that cannot be read", () => {
  it("in the file is held with its line, never taken for deleted; the others sync", async () => {
    await source.edit('schedule_cron: "0 * * * *"', 'schedule_cron: "every hour"');
    await source.edit("description: Report", "description: Goes on");
    await source.sql("UPDATE tasks SET description = 'Waits' WHERE id = '2'");
    const run = await source.run();
    expect(run.problems).toMatchObject([{ code: "invalid_cron", task_id: "2", line: 15 }]);
    expect(run.counts).toMatchObject({ updated: 1, deleted: 0, problems: 1 });
    expect((await source.row(3))?.["description"]).toBe("Goes on");
    expect(await source.row(2)).toMatchObject({ description: "Waits", schedule_cron: "0 * * * *" });
    expect(await source.pending()).toEqual({ "2": "held" });
    await source.edit('"every hour"', '"0 * * * *"');
    await source.run("watch");
    expect(await source.read()).toContain("Waits");
    await source.expectInStep();
  });

  /** Each is a typo that takes task 3 out of the file's ids, and how it is mended. */
  const HIDING: [name: string, typo: [string, string], code: string][] = [
    ["an id that another task has", ["  - id: 3\n", "  - id: 2\n"], "duplicate_id"],
    ["no id", ["  - id: 3\n    skill_name", "  - skill_name"], "missing_id"],
    ["an id that is none", ["  - id: 3\n", "  - id: [3]\n"], "invalid_task"],
    [
      "a new id and a mistake besides",
      [
        '  - id: 3\n    skill_name: weekly-report\n    schedule_cron: "0 8 * * 1"',
        '  - id: 30\n    skill_name: weekly-report\n    schedule_cron: "weekly"',
      ],
      "invalid_cron",
    ],
  ];

  it.each(HIDING)(
    "%s: no absence in that file is believed, until it is mended",
    async (_name, typo, code) => {
      await source.edit(...typo);
      const before = await source.everything();
      const run = await source.run("watch");
      expect(run).toMatchObject({ counts: { deleted: 0 }, problems: [{ code }] });
      expect((await source.everything()).rows).toEqual(before.rows);
      expect(await source.pending()).toMatchObject({ "3": "unbelieved" });
      // Nor in any run that follows, nor in one that reads everything, and an edit of the row waits.
      await source.sql("UPDATE tasks SET description = 'Meanwhile' WHERE id = '3'");
      await source.run("startup");
      expect((await source.everything()).rows).toHaveLength(3);
      expect(await source.pending()).toMatchObject({ "3": "unbelieved" });
      await source.write(SAMPLE);
      await source.run("watch");
      expect(await source.read()).toContain("description: Meanwhile");
      await source.expectInStep();
    },
  );

  it.each(HIDING)(
    "%s: an absence is believed when that is mended and the task is still gone",
    async (_name, typo) => {
      await source.edit(...typo);
      await source.run("watch");
      await source.edit(/\n {2}- (?:id: .+\n {4})?skill_name: weekly-report[^]*$/, "");
      expect((await source.run("watch")).counts).toMatchObject({ deleted: 1 });
      expect(await source.row(3)).toBeUndefined();
      await source.expectInStep();
    },
  );

  it("that both sides know hides no other: its absence beside it is believed", async () => {
    await source.edit('schedule_cron: "0 * * * *"', 'schedule_cron: "every hour"');
    await source.edit(/\n {2}- id: 3[^]*$/, "");
    expect((await source.run("watch")).counts).toMatchObject({ deleted: 1 });
    expect(await source.row(3)).toBeUndefined();
    expect(await source.row(2)).toBeDefined();
  });

  it("in the database is held; the file keeps its task", async () => {
    await source.sql("UPDATE tasks SET schedule_cron = 'every hour' WHERE id = '2'");
    await source.sql("UPDATE tasks SET params = '{\"n\": 12345678901234567890}' WHERE id = '1'");
    await source.sql("UPDATE tasks SET description = 'Goes on' WHERE id = '3'");
    const run = await source.run("database");
    expect(run.problems.map((problem) => [problem.code, problem.task_id]).sort()).toEqual([
      ["database_row_invalid", "1"],
      ["database_row_invalid", "2"],
    ]);
    expect(await source.read()).toBe(SAMPLE.replace("description: Report", "description: Goes on"));
    expect(await source.pending()).toEqual({ "1": "held", "2": "held" });
    // They stay known to be bad, however many runs go by.
    await source.run("watch");
    expect(await source.problems()).toHaveLength(2);
    await source.sql("UPDATE tasks SET schedule_cron = '5 * * * *' WHERE id = '2'");
    await source.sql("UPDATE tasks SET params = '{\"n\": 1}' WHERE id = '1'");
    await source.run("database");
    await source.expectInStep();
  });
});

describe("mass deletion", () => {
  const cutAfterFirst = () => source.edit(/\n {2}- id: 2[^]*$/, "");

  it("in the file halts the whole run, until it is confirmed", async () => {
    await cutAfterFirst();
    await source.edit("keep_days: 30", "keep_days: 60");
    const before = await source.everything();
    const run = await source.run("watch");
    expect(run).toMatchObject({
      outcome: "halted",
      halt: { deletions: ["2", "3"] },
      counts: { deleted: 0, updated: 0 },
    });
    expect(await source.everything()).toEqual(before);
    const plan_hash = run.halt?.plan_hash ?? "";

    expect(
      await source.ask("manual", { kind: "sync", allow_deletes: true, plan_hash: "another" }),
    ).toMatchObject({ error: { code: "stale_plan" } });
    expect(await source.everything()).toEqual(before);
    const confirmed = await source.run("manual", { kind: "sync", allow_deletes: true, plan_hash });
    expect(confirmed).toMatchObject({ outcome: "succeeded", counts: { deleted: 2, updated: 1 } });
    await source.expectInStep();
  });

  it("is confirmed for that very plan only: an edit since makes it another", async () => {
    await cutAfterFirst();
    const plan_hash = (await source.run("watch")).halt?.plan_hash ?? "";
    await source.sql("UPDATE tasks SET description = 'Wanted after all' WHERE id = '3'");
    expect(await source.ask("manual", { kind: "sync", allow_deletes: true, plan_hash })).toMatchObject({
      error: { code: "stale_plan" },
    });
    expect(await source.row(3)).toBeDefined();
  });

  it("is over when the file is put back", async () => {
    await cutAfterFirst();
    await source.run("watch");
    await source.write(SAMPLE);
    expect((await source.run("watch")).outcome).toBe("succeeded");
    await source.expectInStep();
  });

  it("the same halt is history once", async () => {
    await cutAfterFirst();
    for (let n = 0; n < 3; n++) await source.run("schedule");
    expect((await source.runs()).map((run) => run.outcome)).toEqual(["succeeded", "halted"]);
  });

  it.each(["TRUNCATE tasks", "DELETE FROM tasks WHERE id IN ('1', '3')"])(
    "by %s halts, and the file stays",
    async (statement) => {
      await source.sql(statement);
      const run = await source.run("database");
      expect(run.outcome).toBe("halted");
      expect(await source.read()).toBe(SAMPLE);
      await source.run("manual", {
        kind: "sync",
        allow_deletes: true,
        ...(run.halt ? { plan_hash: run.halt.plan_hash } : {}),
      });
      for (const id of run.halt?.deletions ?? []) expect(await source.read()).not.toContain(`id: ${id}\n`);
      await source.expectInStep();
    },
  );

  it("one task, or half of them, is no mass", async () => {
    await source.sql("INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('4', 'a', '0 0 * * *')");
    await source.run();
    await source.sql("DELETE FROM tasks WHERE id IN ('3', '4')");
    expect(await source.run("database")).toMatchObject({ outcome: "succeeded", counts: { deleted: 2 } });
    await source.expectInStep();
  });
});

describe("an absence in the file", () => {
  /** Resolves when a run has looked once and waits for its second look, with no transaction open. */
  const firstLook = () =>
    new Promise<void>((resolve) => {
      source.context.log = pino(
        { level: "debug" },
        { write: (line: string) => line.includes("looking again") && resolve() },
      );
    });

  it("is believed only after two identical reads: a file put back in between deletes nothing", async () => {
    await source.edit(/\n {2}- id: 3[^]*$/, "");
    const { rows } = await source.everything();
    // An editor in mid-save: its first half is on disk when the run reads, the rest comes just after.
    const looked = firstLook();
    const run = source.run("watch");
    await looked;
    await writeFile(source.path, SAMPLE);
    expect((await run).counts).toMatchObject({ deleted: 0 });
    expect((await source.everything()).rows).toEqual(rows);
    await source.expectInStep();
  });

  it("is looked at anew when the file changed between the reads", async () => {
    await source.edit(/\n {2}- id: 3[^]*$/, "");
    const looked = firstLook();
    const run = source.run("watch");
    await looked;
    await writeFile(source.path, SAMPLE.replace(/\n {2}- id: 2[^]*(?=\n {2}- id: 3)/, ""));
    expect((await run).counts).toMatchObject({ deleted: 1 });
    expect(await source.row(3)).toBeDefined();
    expect(await source.row(2)).toBeUndefined();
    await source.expectInStep();
  });
});

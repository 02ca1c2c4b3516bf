import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveIn } from "./testing/resolve.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

/** An edit on each side, of different tasks, and a disagreement. */
async function edits(): Promise<void> {
  await source.edit("keep_days: 30", "keep_days: 60");
  await source.sql("UPDATE tasks SET description = 'From SQL' WHERE id = '3'");
}
async function disagreement(): Promise<void> {
  await source.edit("description: Check", "description: File says");
  await source.sql("UPDATE tasks SET description = 'SQL says' WHERE id = '2'");
}

describe("a one-way run", () => {
  it("file_to_database leaves the file alone; what waits for it is pending and goes later", async () => {
    await edits();
    const text = await source.read();
    expect(await source.run("manual", { kind: "sync", direction: "file_to_database" })).toMatchObject({
      direction: "yaml_to_db",
      outcome: "succeeded",
      counts: { updated: 1 },
    });
    expect(await source.read()).toBe(text);
    expect((await source.row(1))?.["params"]).toEqual({ keep_days: 60 });
    expect(await source.pending()).toEqual({ "3": "direction" });
    await source.run("watch");
    expect(await source.read()).toContain("From SQL");
    await source.expectInStep();
  });

  it("database_to_file leaves the rows alone; what waits for them is pending and goes later", async () => {
    await edits();
    const rows = await source.sql("SELECT * FROM tasks ORDER BY id");
    expect(
      (await source.run("manual", { kind: "sync", direction: "database_to_file" })).counts,
    ).toMatchObject({
      updated: 1,
    });
    expect(await source.sql("SELECT * FROM tasks ORDER BY id")).toEqual(rows);
    expect(await source.read()).toContain("From SQL");
    expect(await source.pending()).toEqual({ "1": "direction" });
    await source.run("schedule");
    expect((await source.row(1))?.["params"]).toEqual({ keep_days: 60 });
    await source.expectInStep();
  });

  it.each([
    ["file_to_database", "File says"],
    ["database_to_file", "SQL says"],
  ] as const)("%s with force: its origin wins the conflict", async (direction, winner) => {
    await disagreement();
    expect((await source.run("manual", { kind: "sync", direction })).outcome).toBe("conflicted");
    expect((await source.run("manual", { kind: "sync", direction, force: true })).outcome).toBe("succeeded");
    expect((await source.row(2))?.["description"]).toBe(winner);
    expect(await source.read()).toContain(winner);
    expect(await source.conflicts("resolved")).toHaveLength(1);
    await source.expectInStep();
  });

  describe("what force overrules is in the history, and undo brings it back", () => {
    it.each([
      ["database_to_file", "keep_db"],
      ["file_to_database", "keep_yaml"],
    ] as const)("in a run %s", async (direction, choice) => {
      await source.edit("description: Check", "description: by hand");
      await source.sql("UPDATE tasks SET description = 'by SQL' WHERE id = '2'");
      const { id } = await source.run("manual", { kind: "sync", direction, force: true });
      expect(await source.conflicts()).toEqual([]);
      expect(await source.conflicts("resolved")).toMatchObject([
        {
          ...{ task_id: "2", fields: ["description"], choice, closed_by: "tester" },
          yaml_data: { description: "by hand" },
          db_data: { description: "by SQL" },
        },
      ]);
      await source.ask("rollback", { kind: "rollback", reverts: id });
      expect(await source.conflicts()).toMatchObject([{ task_id: "2", fields: ["description"] }]);
      expect(await source.read()).toContain("description: by hand");
      expect(await source.row(2)).toMatchObject({ description: "by SQL" });
    });
  });

  it("with force, a conflict that was open is resolved by the person who forced", async () => {
    await source.edit("description: Check", "description: by hand");
    await source.sql("UPDATE tasks SET description = 'by SQL' WHERE id = '2'");
    await source.run();
    const [open] = await source.conflicts();
    await source.run("manual", { kind: "sync", direction: "file_to_database", force: true });
    expect(await source.conflicts("resolved")).toMatchObject([
      { id: open?.id, choice: "keep_yaml", closed_by: "tester" },
    ]);
  });

  it("with force ends the conflict also where the task has another edit that waits for its direction", async () => {
    await disagreement();
    await source.run("manual");
    await source.edit("description: File says", "description: File says\n    timezone: Europe/Vienna");
    await source.run("manual", { kind: "sync", direction: "database_to_file", force: true });
    expect(await source.read()).toContain("SQL says");
    expect(await source.pending()).toEqual({ "2": "direction" });
    expect(await source.conflicts()).toEqual([]);
    expect(await source.conflicts("resolved")).toMatchObject([{ choice: "keep_db", closed_by: "tester" }]);
  });

  it("force in both directions decides nothing, but compares what nobody reported", async () => {
    await disagreement();
    // An edit that left no trace in the outbox.
    await source.sql("DELETE FROM task_edits");
    await source.sql(
      "BEGIN; SET LOCAL lockstep.writer = 'run'; UPDATE tasks SET description = 'Unseen' WHERE id = '3'; COMMIT",
    );
    await source.run("manual");
    expect(await source.read()).not.toContain("Unseen");
    expect((await source.run("manual", { kind: "sync", force: true })).outcome).toBe("conflicted");
    expect(await source.read()).toContain("Unseen");
    await source.expectInStep(["2"]);
  });

  it("a deletion waits for a run that may carry it", async () => {
    await source.sql("DELETE FROM tasks WHERE id = '3'");
    await source.run("manual", { kind: "sync", direction: "file_to_database" });
    expect(await source.read()).toBe(SAMPLE);
    expect(await source.row(3)).toBeUndefined();
    await source.run();
    expect(await source.read()).not.toContain("weekly-report");
    await source.expectInStep();
  });
});

describe("a dry run", () => {
  it("says what a run would do and writes nothing at all", async () => {
    await edits();
    await disagreement();
    await source.sql("INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('4', 'new', '1 1 * * *')");
    const before = await source.everything();
    const runs = await source.runs();
    const plan = await source.dryRun();
    expect(
      plan.changes
        .map(({ task_id, action, file, database, fields }) => ({ task_id, action, file, database, fields }))
        .sort((a, b) => a.task_id.localeCompare(b.task_id)),
    ).toEqual([
      { task_id: "1", action: "update", file: false, database: true, fields: ["params.keep_days"] },
      { task_id: "3", action: "update", file: true, database: false, fields: ["description"] },
      {
        task_id: "4",
        action: "create",
        file: true,
        database: true,
        fields: expect.arrayContaining(["skill_name"]) as string[],
      },
    ]);
    expect(plan.conflicts).toMatchObject([
      {
        task_id: "2",
        fields: ["description"],
        yaml_data: { description: "File says" },
        db_data: { description: "SQL says" },
      },
    ]);
    expect(await source.everything()).toEqual(before);
    expect(await source.runs()).toEqual(runs);
  });

  it("its hash applies exactly that plan", async () => {
    await edits();
    const { hash } = await source.dryRun();
    expect((await source.dryRun()).hash).toBe(hash);
    expect(await source.run("manual", { kind: "sync", plan_hash: hash })).toMatchObject({
      outcome: "succeeded",
      counts: { updated: 2 },
    });
    await source.expectInStep();
  });

  it("its hash is refused once a side has changed, and nothing is written", async () => {
    await edits();
    const { hash } = await source.dryRun();
    await source.edit("retries: 3", "retries: 4");
    const before = await source.everything();
    expect(await source.ask("manual", { kind: "sync", plan_hash: hash })).toMatchObject({
      error: { code: "stale_plan" },
    });
    expect(await source.everything()).toEqual(before);
  });

  it("looks one way when asked to, and sees halts coming", async () => {
    await edits();
    const oneWay = await source.dryRun({ direction: "database_to_file" });
    expect(oneWay.changes.map((change) => change.task_id)).toEqual(["3"]);
    expect(oneWay.pending).toEqual([{ task_id: "1", reason: "direction" }]);
    await source.sql("TRUNCATE tasks");
    const halted = await source.dryRun();
    expect(halted.halt?.deletions.sort()).toEqual(["2", "3"]);
    expect(halted.halt?.plan_hash).toBe(halted.hash);
  });
});

describe("the timestamp strategy", () => {
  const stamped = (description: string, at: string, status = "active") =>
    `tasks:\n  - id: 1\n    skill_name: a\n    schedule_cron: "0 * * * *"\n    status: ${status}\n    description: ${description}\n    updated_at: "${at}"\n`;
  beforeEach(async () => {
    await source.stop();
    source = await startTestSource({ strategy: "timestamp", yaml: stamped("first", "2026-01-01T00:00:00Z") });
  });

  it("follows the newer stamp, and calls a newer database a conflict", async () => {
    await source.write(stamped("newer file", "2026-01-02T00:00:00Z"));
    await source.run("watch");
    expect((await source.row(1))?.["description"]).toBe("newer file");
    await source.sql("UPDATE tasks SET description = 'newer row', updated_at = '2026-01-03T00:00:00Z'");
    expect((await source.run("database")).outcome).toBe("conflicted");
    expect(await source.conflicts()).toMatchObject([
      { reason: expect.stringContaining("Database was updated more recently than YAML") as unknown },
    ]);
    await source.write(stamped("newest file", "2026-01-04T00:00:00Z"));
    expect((await source.run("watch")).outcome).toBe("succeeded");
    expect((await source.row(1))?.["description"]).toBe("newest file");
    await source.expectInStep();
  });

  it.each([
    ["file_to_database", "of the file"],
    ["database_to_file", "of the row"],
  ] as const)("leaves equal stamps waiting until a run is forced, %s", async (direction, wins) => {
    await source.write(stamped("of the file", "2026-01-02T00:00:00Z"));
    await source.sql("UPDATE tasks SET description = 'of the row', updated_at = '2026-01-02T00:00:00Z'");
    await source.run("manual", { kind: "sync", direction });
    expect(await source.pending()).toEqual({ "1": "equal_stamps" });
    await source.run("manual", { kind: "sync", direction, force: true });
    expect(await source.row(1)).toMatchObject({ description: wins });
    expect(await source.read()).toContain(`description: ${wins}`);
    await source.expectInStep();
  });

  it("merges to the status and the later stamp of the database and the definition of the file", async () => {
    await source.sql("UPDATE tasks SET params = '{\"a\": 1}', updated_at = '2026-01-05T00:00:00Z'");
    await source.write(stamped("of the file", "2026-01-02T00:00:00Z", "paused"));
    expect((await source.run()).outcome).toBe("conflicted");
    expect(await source.conflicts()).toMatchObject([{ fields: ["status", "description", "params.a"] }]);
    await resolveIn(source, { choice: "merge" });
    expect(await source.row(1)).toMatchObject({
      status: "active",
      description: "of the file",
      updated_at: new Date("2026-01-05T00:00:00Z"),
    });
    expect(await source.read()).toContain('updated_at: "2026-01-05T00:00:00');
    await source.expectInStep();
  });
});

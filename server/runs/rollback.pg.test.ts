import { mkdir, rmdir } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunRequest } from "../../lib/run/request.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const rollback = (reverts: string, options: Partial<RunRequest<"rollback">> = {}) =>
  source.run("rollback", { kind: "rollback", reverts, ...options });

/** One run with an edit from each side, a merge, a creation and a deletion. */
async function busyRun(): Promise<string> {
  await source.edit("keep_days: 30", "keep_days: 60");
  await source.edit("timeout: 10", "timeout: 20");
  await source.sql("UPDATE tasks SET description = 'Merged' WHERE id = '2'");
  await source.sql("DELETE FROM tasks WHERE id = '3'");
  await source.sql("INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('4', 'new', '1 1 * * *')");
  return (await source.run()).id;
}

describe("rolling a run back", () => {
  it("undoes each of its changes on both sides", async () => {
    const rows = await source.sql(
      "SELECT id, skill_name, description, params, next_run_at FROM tasks ORDER BY id",
    );
    const id = await busyRun();
    const run = await rollback(id);
    expect(run).toMatchObject({
      trigger: "rollback",
      outcome: "succeeded",
      reverts: id,
      counts: { created: 1, updated: 2, deleted: 1, conflicts: 0 },
    });
    expect(
      await source.sql("SELECT id, skill_name, description, params, next_run_at FROM tasks ORDER BY id"),
    ).toEqual(rows);
    const text = await source.read();
    for (const part of ["keep_days: 30", "timeout: 10", "description: Check", "weekly-report"])
      expect(text).toContain(part);
    expect(text).not.toContain("skill_name: new");
    await source.expectInStep();
  });

  it("and that again back keeps what was edited between the run and its undo", async () => {
    await source.sql("UPDATE tasks SET description = 'Undone' WHERE id = '1'");
    const { id } = await source.run();
    await source.sql("UPDATE tasks SET skill_name = 'kept-in-the-row' WHERE id = '1'");
    await source.run();
    await source.edit("keep_days: 30", "keep_days: 45");
    await source.run();
    const undone = await rollback(id);
    expect(await source.row(1)).toMatchObject({ description: "Back up", skill_name: "kept-in-the-row" });
    await rollback(undone.id);
    expect(await source.row(1)).toMatchObject({
      description: "Undone",
      skill_name: "kept-in-the-row",
      params: { keep_days: 45 },
    });
    await source.expectInStep();
  });

  it("and that again back: the run's changes stand once more", async () => {
    const text = (await busyRun(), await source.read());
    const id = (await source.runs()).at(-1)?.id ?? "";
    const undone = await rollback(id);
    const again = await rollback(undone.id);
    expect(again).toMatchObject({ outcome: "succeeded", reverts: undone.id });
    // History knows the time that was computed for the created task, not that the file never named it.
    expect((await source.read()).replace(/\n {4}next_run_at: .*/, "").trimEnd()).toBe(text.trimEnd());
    expect(await source.row(3)).toBeUndefined();
    expect((await source.row(1))?.["params"]).toEqual({ keep_days: 60 });
    await source.expectInStep();
  });

  it("twice changes nothing the second time", async () => {
    const id = await busyRun();
    await rollback(id);
    const before = await source.everything();
    expect((await rollback(id)).counts).toMatchObject({ created: 0, updated: 0, deleted: 0 });
    expect({ ...(await source.everything()), pending: [] }).toEqual({ ...before, pending: [] });
    await source.expectInStep();
  });

  it("of an import deletes what it created, which has to be confirmed like any mass deletion", async () => {
    const [first] = await source.runs();
    const halted = await rollback(first?.id ?? "");
    expect(halted).toMatchObject({ outcome: "halted", halt: { deletions: ["1", "2", "3"] } });
    expect(await source.read()).toBe(SAMPLE);
    expect(
      await rollback(first?.id ?? "", { allow_deletes: true, plan_hash: halted.halt?.plan_hash ?? "" }),
    ).toMatchObject({ outcome: "succeeded", counts: { deleted: 3 } });
    expect(await source.sql("SELECT id FROM tasks")).toEqual([]);
    expect(await source.read()).toContain("tasks: []");
    await source.expectInStep();
  });

  it("of some tasks that halts says what to ask for again, and is confirmed by just that", async () => {
    const [first] = await source.runs();
    const halted = await rollback(first?.id ?? "", { tasks: ["1", "2"] });
    expect(halted).toMatchObject({
      outcome: "halted",
      halt: { deletions: ["1", "2"], source: "default", reverts: first?.id, tasks: ["1", "2"] },
    });
    const plan_hash = halted.halt?.plan_hash ?? "";
    await expect(rollback(first?.id ?? "", { allow_deletes: true, plan_hash })).rejects.toThrow();
    expect(
      await rollback(first?.id ?? "", { allow_deletes: true, plan_hash, tasks: ["1", "2"] }),
    ).toMatchObject({ outcome: "succeeded", counts: { deleted: 2 } });
    await source.expectInStep();
  });

  it("next to a later edit of another field, in the file or in the database, keeps both", async () => {
    const id = await busyRun();
    await source.edit("description: Merged", "description: Later");
    await source.sql("UPDATE tasks SET description = 'Later too' WHERE id = '1'");
    await source.run();
    await rollback(id);
    expect(await source.row(1)).toMatchObject({ description: "Later too", params: { keep_days: 30 } });
    expect(await source.row(2)).toMatchObject({ params: { retries: 3, timeout: 10 } });
    // The same field of task 2 was edited since: a person has to choose.
    expect(await source.conflicts()).toMatchObject([
      {
        task_id: "2",
        fields: ["description"],
        yaml_data: { description: "Later" },
        db_data: { description: "Check" },
      },
    ]);
    await source.expectInStep(["2"]);
  });

  it("of a field edited since is a conflict, with the later edit in the file", async () => {
    await source.sql("UPDATE tasks SET description = 'one' WHERE id = '1'");
    const { id } = await source.run();
    await source.edit("description: one", "description: two");
    await source.run();
    expect(await rollback(id)).toMatchObject({ outcome: "conflicted", counts: { conflicts: 1 } });
    const [conflict] = await source.conflicts();
    expect(conflict).toMatchObject({
      ancestor: { description: "one" },
      yaml_data: { description: "two" },
      db_data: { description: "Back up" },
    });
    // It lasts until a person chooses, and can be resolved like any other.
    await source.run("manual", { kind: "sync", force: true });
    expect((await source.conflicts()).map(({ id: same }) => same)).toEqual([conflict?.id]);
    await source.run("resolution", {
      kind: "resolution",
      resolutions: [{ conflict_id: conflict?.id ?? "", task_id: "1", choice: "keep_database" }],
    });
    expect(await source.read()).toContain("description: Back up");
    await source.expectInStep();
  });

  it("of a task whose edits are not carried yet leaves that task alone and says so", async () => {
    const id = await busyRun();
    await source.sql("UPDATE tasks SET params = '{\"keep_days\": 99}' WHERE id = '1'");
    const run = await rollback(id);
    expect(run.problems).toMatchObject([{ task_id: "1" }]);
    expect((await source.row(1))?.["params"]).toEqual({ keep_days: 99 });
    expect(await source.read()).toContain("keep_days: 99");
    await source.expectInStep();
  });

  it("of a task of which an older file has come back leaves it alone, and takes back no edit that the file does not know", async () => {
    await source.sql("UPDATE tasks SET description = 'one' WHERE id = '1'");
    const { id } = await source.run();
    const older = await source.read();
    await source.sql("UPDATE tasks SET params = '{\"keep_days\": 90}' WHERE id = '1'");
    await source.run();
    await source.write(older);
    expect((await rollback(id)).problems).toMatchObject([{ task_id: "1" }]);
    expect(await source.row(1)).toMatchObject({ description: "one", params: { keep_days: 90 } });
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["params.keep_days"] }]);
  });

  it("of a deletion brings the task back, in the database and in the file", async () => {
    await source.edit(/\n {2}- id: 3[^]*$/, "\n");
    const { id } = await source.run();
    expect(await source.row(3)).toBeUndefined();
    await rollback(id);
    expect(await source.row(3)).toMatchObject({ skill_name: "weekly-report" });
    expect(await source.read()).toContain("skill_name: weekly-report");
    await source.expectInStep();
  });

  it("that the file cannot take is done on neither side", async () => {
    await source.sql("UPDATE tasks SET description = 'one' WHERE id = '1'");
    const { id } = await source.run();
    await mkdir(`${source.path}.lock`);
    expect((await rollback(id)).outcome).toBe("failed");
    expect((await source.row(1))?.["description"]).toBe("one");
    await rmdir(`${source.path}.lock`);
    await source.run("schedule");
    expect((await source.row(1))?.["description"]).toBe("one");
    await source.expectInStep();
    expect((await rollback(id)).outcome).toBe("succeeded");
    await source.expectInStep();
  });
});

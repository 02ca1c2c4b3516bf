import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "../../lib/sync/types.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { killAt } from "../testing/kill-at.ts";
import { onlyConflict, resolveIn } from "./testing/resolve.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const ids = async () =>
  (await source.sql<{ id: string }>("SELECT id FROM tasks ORDER BY id")).map(({ id }) => id);
const renumber = () => source.edit("- id: 2", "- id: 8");
const answer = (choice: Answer) => resolveIn(source, { choice });
const withId = (id: number) => SAMPLE.replace("- id: 2", `- id: ${id}`);

describe("an id that changes in the file", () => {
  it("is a question, and nothing is deleted or created", async () => {
    const row = await source.row(2);
    await renumber();
    expect(await source.run("watch")).toMatchObject({
      outcome: "conflicted",
      counts: { deleted: 0, created: 0 },
    });
    expect(await onlyConflict(source)).toMatchObject({
      task_id: "2",
      kind: "renamed",
      fields: ["id"],
      yaml_data: { id: 8, skill_name: "health-check" },
      db_data: { id: 2, skill_name: "health-check" },
    });
    expect(await source.row(2)).toEqual(row);
    expect(await ids()).toEqual(["1", "2", "3"]);
    expect(await source.pending()).toEqual({ "2": "conflict", "8": "renamed" });
    await source.run("manual", { kind: "sync", force: true });
    expect(await source.pending()).toEqual({ "2": "conflict", "8": "renamed" });
  });

  it.each<[Answer, string[], number]>([
    ["keep_file", ["1", "3", "8"], 8],
    ["merge", ["1", "3", "8"], 8],
    ["separate", ["1", "3", "8"], 8],
    ["keep_database", ["1", "2", "3"], 2],
  ])("%s leaves both sides in step, and its undo asks again", async (choice, left, inFile) => {
    await renumber();
    await source.run("watch");
    const asked = await source.everything();
    const { run } = await answer(choice);
    expect(run.outcome).toBe("succeeded");
    expect(await ids()).toEqual(left);
    expect(await source.read()).toBe(withId(inFile));
    await source.expectInStep();
    expect(await source.conflicts()).toEqual([]);
    expect((await source.run("watch")).counts).toMatchObject({ created: 0, updated: 0, deleted: 0 });

    const undone = await source.run("rollback", { kind: "rollback", reverts: run.id, tasks: ["2"] });
    expect(undone.outcome).toBe("conflicted");
    expect(await onlyConflict(source)).toMatchObject({ task_id: "2", kind: "renamed", yaml_data: { id: 8 } });
    expect(await source.read()).toBe(asked.file);
    expect(await ids()).toEqual(["1", "2", "3"]);
    expect(await source.pending()).toEqual({ "2": "conflict", "8": "renamed" });
  });

  it.each<[Answer, number]>([
    ["keep_file", 8],
    ["keep_database", 2],
  ])(
    "%s keeps what both sides have changed meanwhile, and asks about what both changed",
    async (choice, id) => {
      await source.edit("- id: 2", "- id: 8");
      await source.edit("timeout: 10", "timeout: 20");
      await source.sql("UPDATE tasks SET params = jsonb_set(params, '{retries}', '9') WHERE id = '2'");
      await source.run("watch");
      await source.sql("UPDATE tasks SET status = 'paused' WHERE id = '2'");
      await source.run("database");
      expect((await answer(choice)).run.outcome).toBe("succeeded");
      expect(await source.row(id)).toMatchObject({ status: "paused", params: { retries: 9, timeout: 20 } });
      expect(await source.read()).toBe(
        withId(id)
          .replace("retries: 3", "retries: 9")
          .replace("timeout: 10", "timeout: 20")
          .replace(/(health-check[^]*?)status: active/, "$1status: paused"),
      );
      await source.expectInStep();
    },
  );

  it.each<[Answer, string]>([
    ["keep_file", "8"],
    ["keep_database", "2"],
    ["separate", "2"],
  ])("%s leaves what both changed differently to a person", async (choice, task) => {
    await source.edit("- id: 2", "- id: 8");
    await source.edit("description: Check", "description: From the file");
    await source.sql("UPDATE tasks SET description = 'From SQL' WHERE id = '2'");
    await source.run("watch");
    expect((await answer(choice)).run.outcome).toBe("conflicted");
    expect(await onlyConflict(source)).toMatchObject({ task_id: task, fields: ["description"] });
    expect(await source.row(task)).toMatchObject({ description: "From SQL" });
    expect(await source.read()).toContain("description: From the file");
  });

  it("its history stays under the new id, also after a second rename", async () => {
    await source.sql("UPDATE tasks SET description = 'Before' WHERE id = '2'");
    await source.run("database");
    await renumber();
    await source.run("watch");
    await answer("keep_file");
    await source.edit("- id: 8", "- id: 9");
    await source.run("watch");
    await answer("keep_file");
    expect(await source.sql("SELECT old_id, new_id FROM renamed_tasks ORDER BY renamed_at")).toEqual([
      { old_id: "2", new_id: "8" },
      { old_id: "8", new_id: "9" },
    ]);
  });

  it("two at once are two questions, answered together and apart", async () => {
    await source.edit("- id: 2", "- id: 8");
    await source.edit("- id: 3", "- id: 9");
    await source.run("watch");
    const [first, second] = await source.conflicts();
    expect([first?.yaml_data, second?.yaml_data]).toMatchObject([{ id: 8 }, { id: 9 }]);
    const resolutions = [first, second].map((each, i) => ({
      conflict_id: each?.id ?? "",
      task_id: each?.task_id ?? "",
      choice: i === 0 ? ("keep_file" as const) : ("keep_database" as const),
    }));
    expect((await source.run("resolution", { kind: "resolution", resolutions })).outcome).toBe("succeeded");
    expect(await ids()).toEqual(["1", "3", "8"]);
    expect(await source.read()).toBe(withId(8));
    await source.expectInStep();
  });

  it("two ids that were exchanged, and a copy beside its original, are no question", async () => {
    await source.write(
      SAMPLE.replace("- id: 2", "- id: x").replace("- id: 3", "- id: 2").replace("- id: x", "- id: 3"),
    );
    expect((await source.run("watch")).outcome).toBe("succeeded");
    expect(await source.row(3)).toMatchObject({ skill_name: "health-check" });
    await source.write(`${SAMPLE}  - id: 4\n    skill_name: weekly-report\n    schedule_cron: "0 8 * * 1"\n`);
    expect(await source.run("watch")).toMatchObject({
      outcome: "succeeded",
      counts: { created: 1, deleted: 0 },
    });
    expect(await source.conflicts()).toEqual([]);
  });

  it("is asked by a policy's source too, and answered by the origin of a forced run", async () => {
    await source.sql(`UPDATE sources SET settings = '{"conflict_policy":"keep_yaml"}'`);
    await renumber();
    await source.run("watch");
    expect(await onlyConflict(source)).toMatchObject({ kind: "renamed" });
    const forced = (direction: "file_to_database" | "database_to_file") =>
      source.run("manual", { kind: "sync", force: true, direction });
    const run = await forced("database_to_file");
    expect(await source.read()).toBe(SAMPLE);
    expect(await source.conflicts("resolved")).toMatchObject([{ kind: "renamed", choice: "keep_db" }]);
    await source.run("rollback", { kind: "rollback", reverts: run.id });
    expect(await source.read()).toBe(withId(8));
    await forced("file_to_database");
    expect(await ids()).toEqual(["1", "3", "8"]);
    await source.expectInStep();
  });

  it("waits while the row is in an open transaction, and is over when the row is deleted", async () => {
    const other = await source.pool.connect();
    await other.query("BEGIN");
    await other.query("UPDATE tasks SET description = 'x' WHERE id = '2'");
    await renumber();
    await source.run("watch");
    expect(await source.pending()).toEqual({ "2": "busy", "8": "busy" });
    await other.query("ROLLBACK");
    other.release();
    await source.run("schedule");
    expect(await source.pending()).toEqual({ "2": "conflict", "8": "renamed" });
    await source.sql("DELETE FROM tasks WHERE id = '2'");
    await source.run("database");
    expect(await source.conflicts()).toEqual([]);
    expect(await ids()).toEqual(["1", "3", "8"]);
  });

  it("is carried out on both ids or on none", async () => {
    await renumber();
    await source.run("watch");
    await source.sql("ALTER TABLE tasks ADD CONSTRAINT none CHECK (id <> '8')");
    const { refused } = await answer("keep_file");
    expect(refused).toMatchObject([
      { code: "row_refused", message: expect.stringContaining("none") as unknown },
    ]);
    expect(await ids()).toEqual(["1", "2", "3"]);
    expect(await onlyConflict(source)).toMatchObject({ kind: "renamed" });
    await source.sql("ALTER TABLE tasks DROP CONSTRAINT none");
    await answer("keep_file");
    expect(await ids()).toEqual(["1", "3", "8"]);
    await source.expectInStep();
  });

  it.each<Answer>(["keep_file", "keep_database"])(
    "%s, killed after the file was written, is completed",
    async (choice) => {
      await renumber();
      await source.sql("UPDATE tasks SET description = 'Edited' WHERE id = '2'");
      await source.run("watch");
      const { id, task_id } = await onlyConflict(source);
      await source.request("resolution", {
        kind: "resolution",
        resolutions: [{ conflict_id: id, task_id, choice }],
      });
      await killAt(source, "after the file, before the commit");
      await source.run("startup");
      const now = choice === "keep_file" ? 8 : 2;
      expect(await ids()).toEqual(choice === "keep_file" ? ["1", "3", "8"] : ["1", "2", "3"]);
      expect(await source.row(now)).toMatchObject({ description: "Edited" });
      expect(await source.read()).toBe(withId(now).replace("description: Check", "description: Edited"));
      expect(await source.conflicts()).toEqual([]);
      expect(await source.sql("SELECT old_id FROM renamed_tasks")).toHaveLength(
        choice === "keep_file" ? 1 : 0,
      );
      await source.expectInStep();
    },
  );
});

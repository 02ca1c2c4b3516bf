import { afterEach, describe, expect, it } from "vitest";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
afterEach(() => source.stop());

const withSettings = async (settings: object) => (source = await startTestSource({ settings }));
/** Task 2's description is changed on both sides. */
const disagree = async (file = "by hand", database = "by SQL") => {
  await source.edit(
    /description: (Check|in step)/.exec(await source.read())?.[0] ?? "",
    `description: ${file}`,
  );
  await source.sql("UPDATE tasks SET description = $1 WHERE id = '2'", [database]);
};

describe("a conflict policy", () => {
  it.each([
    ["keep_yaml", "by hand"],
    ["keep_db", "by SQL"],
    ["merge", "by hand"],
  ] as const)(
    "%s resolves a new conflict in the run that finds it, and history says so",
    async (conflict_policy, left) => {
      await withSettings({ conflict_policy });
      await disagree();
      const run = await source.run("watch");
      expect(run).toMatchObject({ outcome: "succeeded", counts: { conflicts: 0, updated: 1 } });
      expect(await source.read()).toContain(`description: ${left}`);
      expect((await source.row(2))?.["description"]).toBe(left);
      await source.expectInStep();
      expect(await source.conflicts("resolved")).toMatchObject([
        {
          task_id: "2",
          fields: ["description"],
          choice: conflict_policy,
          closed_by: "policy",
          yaml_data: { description: "by hand" },
          db_data: { description: "by SQL" },
          ancestor: { description: "Check" },
        },
      ]);
      // Nothing stays behind that would be looked at again.
      expect(await source.pending()).toEqual({});
    },
  );

  it("ask, as without one, holds the task", async () => {
    await withSettings({ conflict_policy: "ask" });
    await disagree();
    expect(await source.run("watch")).toMatchObject({ outcome: "conflicted" });
    expect(await source.conflicts()).toHaveLength(1);
  });

  it("leaves a conflict that stands open to a person, and decides the next one", async () => {
    await withSettings({});
    await disagree();
    await source.run("watch");
    await source.sql(`UPDATE sources SET settings = '{"conflict_policy": "keep_db"}'`);
    await source.edit("description: Back up", "description: in the file");
    await source.sql("UPDATE tasks SET description = 'in the row' WHERE id = '1'");
    expect(await source.run("watch")).toMatchObject({ outcome: "conflicted", counts: { conflicts: 1 } });
    expect((await source.conflicts()).map(({ task_id }) => task_id)).toEqual(["2"]);
    expect(await source.read()).toContain("in the row");
    await source.expectInStep(["2"]);
  });

  it("cannot delete more than a guard lets through", async () => {
    await withSettings({ conflict_policy: "keep_yaml" });
    await source.write("tasks: []\n");
    await source.sql("UPDATE tasks SET description = 'edited'");
    expect(await source.run("watch")).toMatchObject({
      outcome: "halted",
      halt: { deletions: ["1", "2", "3"] },
    });
    expect(await source.sql("SELECT id FROM tasks")).toHaveLength(3);
    expect(await source.conflicts("resolved")).toEqual([]);
  });

  it("shows in a dry run what it would do", async () => {
    await withSettings({ conflict_policy: "keep_yaml" });
    await disagree();
    const plan = await source.dryRun();
    expect(plan.conflicts).toEqual([]);
    expect(plan.changes).toMatchObject([{ task_id: "2", database: true, fields: ["description"] }]);
    expect(await source.conflicts("resolved")).toEqual([]);
  });

  it("leaves to whoever undid a run what that brings back", async () => {
    await withSettings({ conflict_policy: "keep_yaml" });
    await disagree();
    const run = await source.run("watch");
    await source.run("rollback", { kind: "rollback", reverts: run.id });
    expect(await source.conflicts()).toMatchObject([{ task_id: "2" }]);
    // Nor does the next run take it away again.
    await source.run("watch");
    expect(await source.conflicts()).toMatchObject([{ task_id: "2" }]);
  });
});

describe("a source's direction", () => {
  it("is that of every run that names none", async () => {
    await withSettings({ direction: "yaml_to_db" });
    await source.edit("description: Report", "description: by hand");
    await source.sql("UPDATE tasks SET description = 'by SQL' WHERE id = '1'");
    expect(await source.run("watch")).toMatchObject({ direction: "yaml_to_db", counts: { updated: 1 } });
    expect(await source.pending()).toEqual({ 1: "direction" });
    expect(await source.run("manual", { kind: "sync", direction: "bidirectional" })).toMatchObject({
      direction: "bidirectional",
      counts: { updated: 1 },
    });
    expect(await source.read()).toContain("by SQL");
    await source.expectInStep();
  });

  it("does not keep what a person decided from either side", async () => {
    await withSettings({ direction: "yaml_to_db" });
    await disagree();
    await source.run("watch");
    const [conflict] = await source.conflicts();
    await source.run("resolution", {
      kind: "resolution",
      resolutions: [{ conflict_id: conflict?.id ?? "", task_id: "2", choice: "keep_database" }],
    });
    expect(await source.read()).toContain("by SQL");
    await source.expectInStep();
  });
});

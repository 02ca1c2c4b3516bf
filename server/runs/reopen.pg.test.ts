import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Choice } from "../../lib/sync/types.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const CHOICES: Choice[] = ["keep_file", "keep_database", "merge"];

const SITUATIONS: Record<string, () => Promise<void>> = {
  "both edited": async () => {
    await source.edit("description: Check", "description: From the file");
    await source.edit("timeout: 10", "timeout: 20");
    await source.sql("UPDATE tasks SET description = 'From SQL', status = 'paused' WHERE id = '2'");
  },
  "deleted in the file": async () => {
    await source.edit(/\n {2}- id: 3[^]*$/, "");
    await source.sql("UPDATE tasks SET description = 'Still wanted' WHERE id = '3'");
  },
  "deleted in the database": async () => {
    await source.sql("DELETE FROM tasks WHERE id = '3'");
    await source.edit("description: Report", "description: Still wanted");
  },
};

const sides = async () =>
  (await source.conflicts()).map(
    ({
      id: _id,
      refreshed_at: _at,
      yaml_updated_at: _y,
      db_updated_at: _d,
      db_updated_by: _by,
      ...rest
    }) => ({
      ...rest,
      seq: undefined,
      detected_at: undefined,
      yaml_data: rest.yaml_data && { ...rest.yaml_data, updated_at: undefined },
      db_data: rest.db_data && { ...rest.db_data, updated_at: undefined },
    }),
  );

const rows = async () =>
  (
    await source.sql<{ row: Record<string, unknown> }>(
      "SELECT to_jsonb(t) - '{version,updated_at,updated_by,changed_at}'::text[] AS row FROM tasks t ORDER BY id",
    )
  ).map(({ row }) => row);

/** Resolves the only open conflict; the run's id is what undoes it. */
async function resolve(choice: Choice): Promise<string> {
  const [conflict] = await source.conflicts();
  const run = await source.run("resolution", {
    kind: "resolution",
    resolutions: [{ conflict_id: conflict?.id ?? "", task_id: conflict?.task_id ?? "", choice }],
  });
  expect(run.outcome).toBe("succeeded");
  return run.id;
}

describe("undoing a resolution", () => {
  describe.each(Object.entries(SITUATIONS))("%s", (_name, situation) => {
    it.each(CHOICES)("%s: the conflict is back, with both sides as they were", async (choice) => {
      await situation();
      await source.run();
      const [before, rowsBefore, textBefore] = [await sides(), await rows(), await source.read()];
      expect(before).toHaveLength(1);
      const reverts = await resolve(choice);
      await source.expectInStep();
      expect(await source.run("rollback", { kind: "rollback", reverts })).toMatchObject({
        outcome: "conflicted",
        problems: [],
      });
      expect(await sides()).toEqual(before);
      expect(await rows()).toEqual(rowsBefore);
      expect((await source.read()).trimEnd()).toBe(textBefore.trimEnd());
      // It holds: the next looks find the same, and it can be resolved another way.
      await source.run("manual", { kind: "sync", force: true });
      expect(await sides()).toEqual(before);
      await resolve(choice === "keep_file" ? "keep_database" : "keep_file");
      await source.expectInStep();
    });
  });

  it("of a run that carried other edits too may undo what it did to one task alone", async () => {
    await SITUATIONS["both edited"]?.();
    await source.run();
    await source.edit("keep_days: 30", "keep_days: 60");
    const reverts = await resolve("keep_file");
    expect((await source.row(1))?.["params"]).toEqual({ keep_days: 60 });
    await source.run("rollback", { kind: "rollback", reverts, tasks: ["2"] });
    expect((await source.row(1))?.["params"]).toEqual({ keep_days: 60 });
    expect(await source.conflicts()).toMatchObject([{ task_id: "2", db_data: { description: "From SQL" } }]);
  });

  it("leaves alone what an executor has reported since", async () => {
    await SITUATIONS["both edited"]?.();
    await source.run();
    const reverts = await resolve("keep_database");
    await source.sql("UPDATE tasks SET status = 'running' WHERE id = '2'");
    await source.run("database");
    await source.run("rollback", { kind: "rollback", reverts });
    expect(await source.conflicts()).toMatchObject([
      {
        fields: ["description"],
        yaml_data: { description: "From the file" },
        db_data: { description: "From SQL", status: "running" },
      },
    ]);
    expect(await source.row(2)).toMatchObject({ description: "From SQL", status: "running" });
  });

  it("brings back a status that the file got while the conflict was open", async () => {
    await SITUATIONS["both edited"]?.();
    await source.run();
    const status = "status: active\n    description: From the file";
    await source.edit(status, status.replace("active", "failed"));
    const reverts = await resolve("keep_database");
    expect(await source.conflicts("resolved")).toMatchObject([{ yaml_data: { status: "failed" } }]);
    await source.run("rollback", { kind: "rollback", reverts });
    expect(await source.read()).toMatch(/health-check[^]*?status: failed/);
  });

  it("after a later edit keeps that edit, and undoes like any other run", async () => {
    await SITUATIONS["both edited"]?.();
    await source.run();
    const reverts = await resolve("keep_file");
    await source.edit("description: From the file", "description: Later");
    await source.run("watch");
    await source.run("rollback", { kind: "rollback", reverts });
    const [conflict] = await source.conflicts();
    expect(await source.read()).toContain("description: Later");
    expect(conflict).toMatchObject({ yaml_data: { description: "Later" } });
  });
});

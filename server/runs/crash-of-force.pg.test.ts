import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunRequest } from "../../lib/run/request.ts";
import { killAt } from "../testing/kill-at.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

describe("a forced run that was killed after the file", () => {
  const force: RunRequest = { kind: "sync", direction: "database_to_file", force: true };

  it("tells what it overruled, and undoing it brings that back", async () => {
    await source.edit("description: Check", "description: by hand");
    await source.sql("UPDATE tasks SET description = 'by SQL' WHERE id = '2'");
    await killAt(source, "after the file, before the commit", force);
    expect(await source.run("startup")).toMatchObject({ outcome: "succeeded" });
    const [overruled] = await source.conflicts("resolved");
    expect(overruled).toMatchObject({
      task_id: "2",
      choice: "keep_db",
      yaml_data: { description: "by hand" },
    });
    await source.ask("rollback", { kind: "rollback", reverts: overruled?.run_id ?? "" });
    expect(await source.conflicts()).toMatchObject([{ task_id: "2", fields: ["description"] }]);
    expect(await source.read()).toContain("description: by hand");
  });

  it("tells what it overruled also where the file's task is edited before the next run", async () => {
    await source.edit("description: Check", "description: by hand");
    await source.sql("UPDATE tasks SET description = 'by SQL' WHERE id = '2'");
    await killAt(source, "after the file, before the commit", force);
    await source.edit("description: by SQL", "description: later");
    await source.run("startup");
    const overruled = { task_id: "2", choice: "keep_db", yaml_data: { description: "by hand" } };
    expect(await source.conflicts("resolved")).toContainEqual(
      expect.objectContaining({
        ...overruled,
        yaml_data: expect.objectContaining(overruled.yaml_data) as object,
      }),
    );
  });

  it("tells that it put back a task which the file had deleted", async () => {
    await source.edit(/\n {2}- id: 3[^]*$/, "\n");
    await killAt(source, "after the file, before the commit", force);
    expect(await source.run("startup")).toMatchObject({ outcome: "succeeded" });
    const told = await source.sql(
      "SELECT action, file_changed FROM run_changes WHERE task_id = '3' AND file_changed",
    );
    expect(told).toEqual([{ action: "create", file_changed: true }]);
    await source.expectInStep();
  });
});

it("a resolution that was killed after the file is told with its author and what it replaced", async () => {
  await source.edit("description: Check", "description: by hand");
  await source.sql("UPDATE tasks SET description = 'by SQL' WHERE id = '2'");
  await source.run();
  await source.edit("status: active\n    description: by hand", "status: failed\n    description: by hand");
  const [{ id = "" } = {}] = await source.conflicts();
  const resolutions = [{ conflict_id: id, task_id: "2", choice: "keep_database" as const }];
  await killAt(source, "after the file, before the commit", { kind: "resolution", resolutions });
  await source.run("startup");
  expect(await source.conflicts("resolved")).toMatchObject([
    { id, choice: "keep_db", closed_by: "tester", yaml_data: { status: "failed", description: "by hand" } },
  ]);
  expect(await source.row(2)).toMatchObject({ description: "by SQL", status: "active" });
  await source.expectInStep();
});

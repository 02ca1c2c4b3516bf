import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource({
    settings: { fields: { status: "db", next_run_at: "db" } },
  });
});
afterEach(() => source.stop());

const undo = (reverts: string) => source.run("rollback", { kind: "rollback", reverts });

describe("an undo and fields that the database owns", () => {
  it("leaves alone what the run did not change: the task goes on running", async () => {
    const before = (await source.row(2))?.["description"];
    await source.sql("UPDATE tasks SET description = 'Edited' WHERE id = '2'");
    const edit = await source.run();
    await source.sql(
      "UPDATE tasks SET status = 'running', next_run_at = '2031-01-01T00:00:00Z' WHERE id = '2'",
    );
    await source.run();
    expect(await undo(edit.id)).toMatchObject({ outcome: "succeeded", counts: { updated: 1, conflicts: 0 } });
    const row = await source.row(2);
    expect(row).toMatchObject({ description: before, status: "running" });
    expect(new Date(row?.["next_run_at"] as string).getUTCFullYear()).toBe(2031);
    await source.expectInStep();
  });

  it("leaves alone what the run changed and the database has moved since", async () => {
    await source.sql("UPDATE tasks SET status = 'paused', description = 'Edited' WHERE id = '2'");
    const edit = await source.run();
    await source.sql("UPDATE tasks SET status = 'running' WHERE id = '2'");
    await source.run();
    await undo(edit.id);
    expect(await source.row(2)).toMatchObject({ status: "running" });
    expect((await source.row(2))?.["description"]).not.toBe("Edited");
  });

  it("puts back what the run changed where it changed nothing else, and says so where it was moved since", async () => {
    const statusIsTheDatabases = (owned: boolean) =>
      source.sql("UPDATE sources SET settings = $1", [owned ? { fields: { status: "db" } } : {}]);
    await statusIsTheDatabases(false);
    await source.sql("UPDATE tasks SET status = 'paused' WHERE id = '2'");
    const edit = await source.run();
    await statusIsTheDatabases(true);
    expect(await undo(edit.id)).toMatchObject({ counts: { updated: 1, conflicts: 0 }, problems: [] });
    expect(await source.row(2)).toMatchObject({ status: "active" });
    await source.expectInStep();

    await source.sql("UPDATE tasks SET status = 'running' WHERE id = '2'");
    await source.run();
    const nothing = "Nothing of task 2 was put back: status has been changed since by the side that owns it";
    expect(await undo(edit.id)).toMatchObject({
      counts: { updated: 0, conflicts: 0 },
      problems: [{ task_id: "2", message: nothing }],
    });
    expect(await source.row(2)).toMatchObject({ status: "running" });
  });

  it("says that there is nothing to put back of a run that only looked on while its owner changed a field", async () => {
    await source.sql("UPDATE tasks SET status = 'paused' WHERE id = '2'");
    const look = await source.run();
    expect(await undo(look.id)).toMatchObject({
      outcome: "succeeded",
      counts: { updated: 0 },
      problems: [{ message: expect.stringContaining("nothing to put back") as string }],
    });
    expect(await source.row(2)).toMatchObject({ status: "paused" });
  });
});

describe("an undo and fields that the file owns", () => {
  it("puts them back on both sides", async () => {
    const owned = await startTestSource({ settings: { fields: { description: "yaml" } } });
    await owned.edit("description: Check", "description: Edited");
    const edit = await owned.run();
    const undone = await owned.run("rollback", { kind: "rollback", reverts: edit.id });
    expect(undone).toMatchObject({ outcome: "succeeded", counts: { updated: 1, conflicts: 0 } });
    expect(await owned.row(2)).toMatchObject({ description: "Check" });
    expect(await owned.read()).toContain("description: Check");
    await owned.expectInStep();
    await owned.stop();
  });

  it("says that the task was deleted since, and does not bring its row back for a moment", async () => {
    const owned = await startTestSource({ settings: { fields: { description: "yaml" } } });
    await owned.edit("description: Check", "description: Edited");
    const edit = await owned.run();
    await owned.sql("DELETE FROM tasks WHERE id = '2'");
    await owned.run();
    const undone = await owned.run("rollback", { kind: "rollback", reverts: edit.id });
    const message = "Nothing of task 2 was put back: it has been deleted since, on both sides";
    expect(undone).toMatchObject({ counts: { created: 0, conflicts: 0 }, problems: [{ message }] });
    expect(await owned.row(2)).toBeUndefined();
    await owned.stop();
  });
});

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
});

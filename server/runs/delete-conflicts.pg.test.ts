import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { onlyConflict, resolveIn } from "./testing/resolve.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const conflict = () => onlyConflict(source);
const resolve = (wish: Parameters<typeof resolveIn>[1], of = conflict()) => resolveIn(source, wish, of);

describe("a deletion against an edit", () => {
  const THIRD = /\n {2}- id: 3[^]*$/;
  const deletedInFile = async () => {
    await source.edit(THIRD, "");
    await source.sql("UPDATE tasks SET description = 'Still wanted' WHERE id = '3'");
    expect((await source.run()).outcome).toBe("conflicted");
  };
  const deletedInDatabase = async () => {
    await source.sql("DELETE FROM tasks WHERE id = '3'");
    await source.edit("description: Report", "description: Still wanted");
    expect((await source.run()).outcome).toBe("conflicted");
  };

  it("is a conflict, and says which side deleted", async () => {
    await deletedInFile();
    expect(await conflict()).toMatchObject({
      task_id: "3",
      kind: "delete_modify",
      yaml_data: null,
      db_data: { description: "Still wanted" },
    });
  });

  it("is one the other way round too", async () => {
    await deletedInDatabase();
    expect(await conflict()).toMatchObject({
      task_id: "3",
      kind: "modify_delete",
      db_data: null,
      yaml_data: { description: "Still wanted" },
    });
  });

  it.each([
    ["keep_file", false],
    ["keep_database", true],
    ["merge", true],
  ] as const)("deleted in the file, %s: the task stays = %s", async (choice, stays) => {
    await deletedInFile();
    await resolve({ choice });
    expect((await source.row(3)) !== undefined).toBe(stays);
    expect((await source.read()).includes("Still wanted")).toBe(stays);
    await source.expectInStep();
  });

  it.each([
    ["keep_file", true],
    ["keep_database", false],
    ["merge", true],
  ] as const)("deleted in the database, %s: the task stays = %s", async (choice, stays) => {
    await deletedInDatabase();
    await resolve({ choice });
    expect((await source.row(3)) !== undefined).toBe(stays);
    expect((await source.read()).includes("Still wanted")).toBe(stays);
    await source.expectInStep();
  });

  it("closes by itself when the deleting side brings the task back as it is on the other", async () => {
    await deletedInFile();
    await source.write(SAMPLE.replace("description: Report", "description: Still wanted"));
    expect((await source.run("watch")).outcome).toBe("succeeded");
    expect(await source.conflicts("closed")).toHaveLength(1);
    await source.expectInStep();
  });
});

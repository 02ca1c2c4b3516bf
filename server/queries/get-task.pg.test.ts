import { beforeEach, describe, expect, it } from "vitest";
import { taskJsonSchema } from "../../lib/protocol/task.ts";
import { pool } from "../store/pool.ts";
import { getTask } from "./get-task.ts";
import { addTask } from "./testing/sample-rows.ts";
import { useDatabase } from "./testing/use-database.ts";

const database = useDatabase();
beforeEach(() => database.empty());

describe("getTask", () => {
  it("answers one flat map, with unknown keys beside the known ones", async () => {
    const extra = { owner: "ops", nested: { a: [1, null] } };
    await addTask({ id: "7", next_run_at: "2026-01-01T00:00:00+02:00", params: { retries: 3 }, extra });
    const { task } = await getTask("7", undefined);
    expect(task).toMatchObject({
      id: 7,
      source: "default",
      skill_name: "a skill",
      next_run_at: "2025-12-31T22:00:00.000Z",
      timezone: "UTC",
      status: "pending",
      description: null,
      params: { retries: 3 },
      ...extra,
    });
    expect(taskJsonSchema.safeParse(task).error).toBeUndefined();
  });

  it("keeps the type of an id", async () => {
    await addTask({ id: "8", id_type: "text" });
    await addTask({ id: "08" });
    expect((await getTask("8", undefined)).task.id).toBe("8");
    expect((await getTask("08", undefined)).task.id).toBe("08");
  });

  it("has an ETag that follows the content", async () => {
    await addTask({ id: "1" });
    const before = (await getTask("1", undefined)).etag;
    expect((await getTask("1", undefined)).etag).toBe(before);
    await pool().query("UPDATE tasks SET description = 'new'");
    expect((await getTask("1", undefined)).etag).not.toBe(before);
  });

  it("asks for the source when several have the id", async () => {
    await addTask({ id: "1" });
    await addTask({ id: "1", source: "other" });
    await expect(getTask("1", undefined)).rejects.toMatchObject({
      code: "ambiguous_task",
      details: { sources: ["default", "other"] },
    });
    expect((await getTask("1", "other")).task.source).toBe("other");
  });

  it.each(["2", "", "a b", "a\0b", "../x", "x".repeat(500), "'"])("finds no task %j", async (id) => {
    await addTask({ id: "1" });
    await expect(getTask(id, undefined)).rejects.toMatchObject({ code: "not_found" });
    await expect(getTask("1", "nowhere")).rejects.toMatchObject({ code: "not_found" });
  });
});

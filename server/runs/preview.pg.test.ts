import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ResolvePreview } from "../../lib/protocol/conflict.ts";
import type { RequestedResolution } from "../../lib/run/request.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

type Wish = Omit<RequestedResolution, "conflict_id" | "task_id">;

async function disagree(): Promise<void> {
  await source.edit("description: Check", "description: From the file # why");
  await source.sql("UPDATE tasks SET description = 'From SQL', status = 'paused' WHERE id = '2'");
  expect((await source.run()).outcome).toBe("conflicted");
}

async function only() {
  const [conflict] = await source.conflicts();
  if (!conflict) throw new Error("no open conflict");
  return { conflict_id: conflict.id, task_id: conflict.task_id };
}

async function preview(wish: Wish): Promise<ResolvePreview> {
  const answer = await source.ask("resolution", {
    kind: "preview_resolution",
    resolution: { ...(await only()), ...wish },
  });
  if (!("preview" in answer)) throw new Error(`answered without a preview: ${JSON.stringify(answer)}`);
  return answer.preview;
}

const resolve = async (wish: Wish) =>
  source.run("resolution", { kind: "resolution", resolutions: [{ ...(await only()), ...wish }] });

describe("the preview of a resolution", () => {
  const WISHES: [string, Wish][] = [
    ["keep_file", { choice: "keep_file" }],
    ["keep_database", { choice: "keep_database" }],
    ["merge", { choice: "merge" }],
    ["a side per field", { choice: "merge", fields: { description: "database" } }],
    [
      "a value per field",
      { choice: "keep_file", fields: { description: { value: "on" }, "params.retries": { value: 7 } } },
    ],
  ];
  it.each(WISHES)("says what the resolution then does, and writes nothing: %s", async (_name, wish) => {
    await disagree();
    const before = await source.everything();
    const { task, yaml, refused } = await preview(wish);
    expect(await source.everything()).toEqual(before);
    expect(refused).toBeUndefined();
    expect(await source.read()).toContain(yaml.before);

    const text = await source.read();
    expect((await resolve(wish)).outcome).toBe("succeeded");
    expect(await source.read()).toBe(text.replace(yaml.before ?? "", () => yaml.after ?? ""));
    const { params, description, status } = (await source.row(2)) ?? {};
    expect(task).toMatchObject({ id: 2, source: "default", params, description, status });
    expect(yaml.line).toBe(text.slice(0, text.indexOf("  - id: 2")).split("\n").length);
  });

  it("shows the lines with their comments", async () => {
    await disagree();
    expect((await preview({ choice: "keep_database" })).yaml).toMatchObject({
      before: expect.stringContaining("description: From the file # why\n") as unknown,
      after: expect.stringContaining("status: paused\n    description: From SQL # why\n") as unknown,
    });
  });

  it.each([
    ["keep_file", "Deleted"],
    ["keep_database", "Still wanted"],
  ] as const)("of a task that the file deleted, %s", async (choice, then) => {
    await source.edit(/\n {2}- id: 3[^]*$/, "");
    await source.sql("UPDATE tasks SET description = 'Still wanted' WHERE id = '3'");
    await source.run();
    const { task, yaml } = await preview({ choice });
    expect(yaml.before).toBeNull();
    if (then === "Deleted") expect([task, yaml.after, yaml.line]).toEqual([null, null, null]);
    else
      expect([task?.description, yaml.after]).toEqual([
        then,
        expect.stringContaining("description: Still wanted"),
      ]);
  });

  it("names a value that makes no valid task, and shows what stands", async () => {
    await disagree();
    const { refused, yaml, task } = await preview({
      choice: "merge",
      fields: { schedule_cron: { value: "nonsense" } },
    });
    expect(refused).toMatchObject({
      code: "invalid_task",
      message: expect.stringContaining("schedule_cron") as unknown,
    });
    expect(yaml.after).toBe(yaml.before);
    expect(task).toMatchObject({ description: "From SQL" });
  });

  it("of a stale revision gives the conflict as it is by now", async () => {
    await disagree();
    const revision = (await source.conflicts())[0]?.revision ?? "";
    await source.sql("UPDATE tasks SET description = 'Newer' WHERE id = '2'");
    const { refused, conflict } = await preview({ choice: "keep_file", revision });
    expect(refused?.code).toBe("stale_conflict");
    expect(conflict).toMatchObject({ task_id: "2", db_data: { description: "Newer" } });
    expect(conflict?.revision).not.toBe(revision);
  });

  it("is refused in words while the file cannot be read, and leaves no run behind", async () => {
    await disagree();
    const runs = await source.runs();
    await source.write("tasks: [");
    const resolution = { ...(await only()), choice: "merge" as const };
    for (const request of [
      { kind: "preview_resolution" as const, resolution },
      { kind: "dry_run" as const },
    ]) {
      expect(await source.ask("resolution", request)).toMatchObject({
        error: { code: "unavailable", message: expect.stringContaining("cannot be read") as unknown },
      });
    }
    expect(await source.runs()).toEqual(runs);
  });
});

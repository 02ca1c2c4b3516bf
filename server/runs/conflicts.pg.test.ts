import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { onlyConflict, resolveIn } from "./testing/resolve.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

/** Both sides change the description of task 2, and each something else of it besides. */
async function disagree(): Promise<void> {
  await source.edit("description: Check", "description: From the file");
  await source.edit("timeout: 10", "timeout: 20");
  await source.sql("UPDATE tasks SET description = 'From SQL', status = 'paused' WHERE id = '2'");
  expect((await source.run()).outcome).toBe("conflicted");
}

const conflict = () => onlyConflict(source);
const resolve = (wish: Parameters<typeof resolveIn>[1], of = conflict()) => resolveIn(source, wish, of);

describe("a conflict", () => {
  it("is stored with both sides, what they had in common, why, who and when", async () => {
    await disagree();
    const rowStamp = (await source.row(2))?.["updated_at"];
    expect(await source.conflicts()).toMatchObject([
      {
        task_id: "2",
        kind: "modify_modify",
        fields: ["description"],
        reason: "YAML and the database both changed description since the last sync",
        ancestor: { id: 2, description: "Check", status: "active", params: { retries: 3, timeout: 10 } },
        yaml_data: {
          id: 2,
          description: "From the file",
          status: "active",
          params: { retries: 3, timeout: 20 },
        },
        db_data: { id: 2, description: "From SQL", status: "paused", params: { retries: 3, timeout: 10 } },
        db_updated_at: rowStamp,
        db_updated_by: expect.stringMatching(/^sql:/) as unknown,
        yaml_updated_at: expect.any(Date) as unknown,
      },
    ]);
  });

  it("holds its task on both sides while all others go on", async () => {
    await disagree();
    const [file, row] = [await source.read(), await source.row(2)];
    await source.edit("keep_days: 30", "keep_days: 60");
    await source.sql("UPDATE tasks SET description = 'Moved on' WHERE id = '3'");
    expect(await source.run()).toMatchObject({ outcome: "conflicted", counts: { updated: 2, conflicts: 1 } });
    expect(await source.row(2)).toEqual(row);
    expect(await source.read()).toBe(
      file.replace("keep_days: 30", "keep_days: 60").replace("description: Report", "description: Moved on"),
    );
    expect(await source.pending()).toEqual({ "2": "conflict" });
    await source.expectInStep(["2"]);
  });

  it("is the same conflict on the next look", async () => {
    await disagree();
    const before = await conflict();
    await source.run("manual", { kind: "sync", force: true });
    expect(await conflict()).toEqual(before);
  });

  it("is refreshed when a side changes again", async () => {
    await disagree();
    const before = await conflict();
    await source.edit("description: From the file", "description: Once more");
    await source.run("watch");
    const after = await conflict();
    expect(after).toMatchObject({
      id: before.id,
      yaml_data: { description: "Once more" },
      refreshed_at: expect.any(Date) as unknown,
    });
    expect(after.revision).not.toBe(before.revision);
    await source.sql("UPDATE tasks SET params = '{\"retries\": 1}' WHERE id = '2'");
    await source.run("database");
    expect(await conflict()).toMatchObject({
      id: before.id,
      fields: ["description", "params.timeout"],
      db_data: { params: { retries: 1 } },
    });
  });

  it("tells clients when it is new and when it shows something else, and not otherwise", async () => {
    const heard: Record<string, unknown>[] = [];
    const client = await source.pool.connect();
    client.on("notification", ({ payload }) =>
      heard.push(JSON.parse(payload ?? "{}") as Record<string, unknown>),
    );
    await client.query("LISTEN lockstep_events");
    const told = async () => {
      await client.query("SELECT 1"); // what was sent before has arrived with this
      return heard
        .splice(0)
        .filter(({ event }) => event === "sync_conflict_detected")
        .map(({ refreshed }) => refreshed ?? "new");
    };
    await disagree();
    expect(await told()).toEqual(["new"]);
    await source.run("manual", { kind: "sync", force: true });
    expect(await told()).toEqual([]);
    await source.edit("description: From the file", "description: Once more");
    await source.request("watch");
    await source.runner.wake();
    expect(await told()).toEqual([true]);
    client.release();
  });

  it("does not become stale by a task that ticks", async () => {
    await disagree();
    const before = await conflict();
    await source.sql(
      "UPDATE tasks SET status = 'running', next_run_at = '2026-04-01T00:00:00Z' WHERE id = '2'",
    );
    await source.run("database");
    const after = await conflict();
    expect(after.revision).toBe(before.revision);
    expect(after.db_data).toMatchObject({ status: "running" });
    const { run, refused } = await resolve({ choice: "keep_file", revision: before.revision });
    expect([run.outcome, refused]).toEqual(["succeeded", undefined]);
    await source.expectInStep();
  });

  it("closes by itself when the sides come to agree", async () => {
    await disagree();
    await source.sql("UPDATE tasks SET description = 'From the file' WHERE id = '2'");
    expect((await source.run("database")).outcome).toBe("succeeded");
    expect(await source.conflicts("closed")).toMatchObject([
      { task_id: "2", choice: null, closed_by: "lockstep" },
    ]);
    expect(await source.read()).toContain("status: paused");
    await source.expectInStep();
  });

  it("stays open while the file's task cannot be read, and while the file cannot", async () => {
    await disagree();
    const text = await source.read();
    await source.edit('schedule_cron: "0 * * * *"', "schedule_cron: nonsense");
    await source.run("watch");
    expect(await source.conflicts()).toHaveLength(1);
    await source.write("tasks: [");
    await source.run("watch");
    expect(await source.conflicts()).toHaveLength(1);
    await source.write(text);
    await source.run("watch");
    expect(await source.conflicts()).toHaveLength(1);
    await source.expectInStep(["2"]);
  });
});

describe("a resolution", () => {
  const expectTask = async (fields: Record<string, unknown>, lines: string[]) => {
    expect(await source.row(2)).toMatchObject(fields);
    const text = await source.read();
    for (const line of lines) expect(text).toContain(line);
    expect(await source.conflicts()).toEqual([]);
    expect(await source.conflicts("resolved")).toMatchObject([{ task_id: "2", closed_by: "tester" }]);
    await source.expectInStep();
  };

  it("keep_file makes the row like the file and leaves the file alone", async () => {
    await disagree();
    const text = await source.read();
    await resolve({ choice: "keep_file" });
    await expectTask(
      { description: "From the file", status: "active", params: { retries: 3, timeout: 20 } },
      [],
    );
    expect(await source.read()).toBe(text);
  });

  it("keep_database makes the file like the row", async () => {
    await disagree();
    await resolve({ choice: "keep_database" });
    await expectTask({ description: "From SQL", status: "paused", params: { retries: 3, timeout: 10 } }, []);
    expect(await source.read()).toBe(
      SAMPLE.replace("status: active\n    description: Check", "status: paused\n    description: From SQL"),
    );
  });

  it("merge keeps what only one side changed, and YAML's definition", async () => {
    await disagree();
    await resolve({ choice: "merge" });
    await expectTask({ description: "From the file", status: "paused", params: { timeout: 20 } }, [
      "status: paused",
      "description: From the file",
      "timeout: 20",
    ]);
  });

  it("with a side picked per field", async () => {
    await disagree();
    await resolve({ choice: "merge", fields: { description: "database", "params.timeout": "database" } });
    await expectTask({ description: "From SQL", status: "paused", params: { timeout: 10 } }, [
      "description: From SQL",
      "timeout: 10",
    ]);
  });

  it("with a value given per field", async () => {
    await disagree();
    await resolve({
      choice: "keep_file",
      fields: { description: { value: "yes" }, "params.timeout": { value: 33 } },
    });
    await expectTask({ description: "yes", status: "active", params: { timeout: 33 } }, [
      'description: "yes"',
      "timeout: 33",
    ]);
  });

  it("with a value that makes no valid task is refused and changes nothing", async () => {
    await disagree();
    const before = await source.everything();
    const { refused } = await resolve({ choice: "merge", fields: { schedule_cron: { value: "nonsense" } } });
    expect(refused).toMatchObject([{ code: "invalid_task" }]);
    expect(await source.everything()).toEqual(before);
  });

  it("of a stale revision is refused, and the conflict shows what is new", async () => {
    await disagree();
    const { revision } = await conflict();
    await source.sql("UPDATE tasks SET description = 'Newer' WHERE id = '2'");
    const { refused } = await resolve({ choice: "keep_file", revision });
    expect(refused).toMatchObject([{ code: "stale_conflict" }]);
    expect(await conflict()).toMatchObject({ db_data: { description: "Newer" } });
    expect((await source.row(2))?.["description"]).toBe("Newer");
  });

  it("of a closed conflict is refused", async () => {
    await disagree();
    const was = await conflict();
    await resolve({ choice: "keep_file" });
    await source.sql("UPDATE tasks SET description = 'Later' WHERE id = '2'");
    const { refused } = await resolve({ choice: "keep_file" }, Promise.resolve(was));
    expect(refused).toMatchObject([{ code: "conflict_closed" }]);
    expect(await source.read()).toContain("Later");
    await source.expectInStep();
  });

  it("that comes when the sides have just come to agree is refused as closed", async () => {
    await disagree();
    await source.edit("description: From the file", "description: From SQL");
    const { refused } = await resolve({ choice: "keep_file" });
    expect(refused).toMatchObject([{ code: "conflict_closed" }]);
    expect((await source.row(2))?.["status"]).toBe("paused");
    await source.expectInStep();
  });

  it("of many at once, each as chosen", async () => {
    await disagree();
    await source.edit("keep_days: 30", "keep_days: 31");
    await source.sql("UPDATE tasks SET params = '{\"keep_days\": 32}' WHERE id = '1'");
    await source.run();
    const resolutions = (await source.conflicts()).map(({ id, task_id }) => ({
      conflict_id: id,
      task_id,
      choice: task_id === "1" ? ("keep_database" as const) : ("keep_file" as const),
    }));
    expect(resolutions).toHaveLength(2);
    expect(await source.run("resolution", { kind: "resolution", resolutions })).toMatchObject({
      outcome: "succeeded",
      counts: { updated: 2 },
    });
    expect(await source.read()).toContain("keep_days: 32");
    expect((await source.row(2))?.["description"]).toBe("From the file");
    await source.expectInStep();
  });
});

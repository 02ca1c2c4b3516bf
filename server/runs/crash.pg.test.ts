import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginJournal } from "../endpoints/yaml-file/in-place-journal.ts";
import { type CrashPoint, killAt } from "../testing/kill-at.ts";
import { makeEdits, restartInStep } from "./testing/edits-of-a-crash.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const POINTS: CrashPoint[] = [
  "before the intent",
  "after the intent, before the file",
  "after the file, before the commit",
  "at the commit",
];

const edits = () => makeEdits(source);
const restart = () => restartInStep(source);

describe.each(POINTS)("killed %s", (point) => {
  it("starts again and converges", async () => {
    await edits();
    await killAt(source, point);
    await restart();
    expect(await source.row(2)).toMatchObject({ description: "v1", params: { timeout: 20 } });
    expect(await source.row(3)).toBeUndefined();
    const text = await source.read();
    for (const part of ["skill_name: new", "timeout: 20", "# nightly"]) expect(text).toContain(part);
    expect(text.match(/description: v1/g)).toHaveLength(2);
    expect(text).not.toContain("weekly-report");
  });

  it("and edited in the database before the restart: the newer edit goes to the file", async () => {
    await edits();
    await killAt(source, point);
    await source.sql("UPDATE tasks SET description = 'v2' WHERE id IN ('1', '2')");
    await source.sql("UPDATE tasks SET description = 'v2' WHERE id = '4'");
    await restart();
    expect((await source.read()).match(/description: v2/g)).toHaveLength(3);
  });

  it("and edited in the file before the restart, in another field: both stay", async () => {
    await edits();
    await killAt(source, point);
    await source.edit("keep_days: 30", "keep_days: 60");
    await source.edit("retries: 3", "retries: 5");
    await restart();
    expect(await source.row(1)).toMatchObject({ description: "v1", params: { keep_days: 60 } });
    expect(await source.row(2)).toMatchObject({ description: "v1", params: { timeout: 20, retries: 5 } });
  });
});

it("killed after the commit: nothing is left to do, and only the answer is lost", async () => {
  await edits();
  await killAt(source, "after the commit");
  const before = await source.everything();
  await restart();
  expect(await source.everything()).toEqual(before);
});

it("killed after the file, and the same field edited in the file: never lost, at worst a conflict", async () => {
  await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '1'");
  await killAt(source, "after the file, before the commit");
  await source.edit("description: v1", "description: v2");
  const run = await source.run("startup");
  expect(await source.read()).toContain("description: v2");
  if (run.outcome === "conflicted") expect((await source.row(1))?.["description"]).toBe("v1");
  else expect((await source.row(1))?.["description"]).toBe("v2");
});

describe("killed after the file, and a row edited that its author had not seen with the file's edit", () => {
  beforeEach(async () => {
    await source.edit("description: Check", "description: from the file");
    await source.sql("UPDATE tasks SET params = jsonb_set(params, '{timeout}', '20') WHERE id = '2'");
    await killAt(source, "after the file, before the commit");
  });

  it("in the same field: it is a conflict, and neither edit is lost", async () => {
    await source.sql("UPDATE tasks SET description = 'from the database' WHERE id = '2'");
    expect(await source.run("startup")).toMatchObject({ outcome: "conflicted" });
    expect(await source.conflicts()).toMatchObject([{ task_id: "2", fields: ["description"] }]);
    expect(await source.read()).toContain("description: from the file");
    expect(await source.row(2)).toMatchObject({ description: "from the database" });
  });

  it("and deleted: it is a conflict, as with any edit that the person who deleted had not seen", async () => {
    await source.sql("DELETE FROM tasks WHERE id = '2'");
    expect(await source.run("startup")).toMatchObject({ outcome: "conflicted" });
    expect(await source.conflicts()).toMatchObject([{ task_id: "2", kind: "modify_delete" }]);
    expect(await source.read()).toContain("description: from the file");
  });

  it("in another field: both stay", async () => {
    await source.sql("UPDATE tasks SET params = jsonb_set(params, '{retries}', '9') WHERE id = '2'");
    await restart();
    expect(await source.row(2)).toMatchObject({
      description: "from the file",
      params: { retries: 9, timeout: 20 },
    });
  });
});

it("killed twice, the second time in the run that recovers: no conflict with what the first one wrote", async () => {
  await source.edit("timeout: 10", "timeout: 20");
  await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '2'");
  await killAt(source, "after the file, before the commit");
  await source.sql("UPDATE tasks SET description = 'one' WHERE id = '1'");
  await killAt(source, "after the file, before the commit");
  await source.sql("UPDATE tasks SET description = 'v2' WHERE id = '2'");
  await restart();
  expect(await source.row(2)).toMatchObject({ description: "v2", params: { timeout: 20 } });
  expect(await source.read()).toMatch(/description: one[^]*description: v2/);
});

it.each(["a dry run", "a run that halts", "a refused plan"])(
  "killed, then %s, then an edit back: the edit counts",
  async (what) => {
    await source.edit("timeout: 10", "timeout: 20");
    await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '2'");
    await killAt(source, "after the file, before the commit");
    if (what === "a dry run") await source.dryRun();
    if (what === "a refused plan") await source.ask("manual", { kind: "sync", plan_hash: "another" });
    if (what === "a run that halts") {
      await source.sql("DELETE FROM tasks WHERE id IN ('1', '3')");
      expect((await source.run()).outcome).toBe("halted");
    }
    expect(await source.row(2)).toMatchObject({ description: "v1", params: { timeout: 20 } });
    // Back to what the row said before the run that was killed.
    await source.sql("UPDATE tasks SET params = jsonb_set(params, '{timeout}', '10') WHERE id = '2'");
    const { halt } = await source.run();
    if (halt) await source.run("manual", { kind: "sync", allow_deletes: true, plan_hash: halt.plan_hash });
    expect(await source.row(2)).toMatchObject({ description: "v1", params: { timeout: 10 } });
    expect(await source.read()).toContain("timeout: 10");
    await source.expectInStep();
  },
);

it("the run that recovers answers what it was woken for, also a look request that nobody waits for", async () => {
  await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '1'");
  await killAt(source, "after the file, before the commit");
  await source.sql("DELETE FROM sync_requests");
  await source.edit("keep_days: 30", "keep_days: 60");
  const lookRequest = await source.request("watch");
  await source.runner.wake();
  expect(await source.answerTo(lookRequest)).toMatchObject({ run: { outcome: "succeeded" } });
  expect((await source.row(1))?.["params"]).toEqual({ keep_days: 60 });
  await source.expectInStep();
});

it("an intent is kept while the file cannot be read, and completed when it can", async () => {
  await source.edit("timeout: 10", "timeout: 20");
  await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '2'");
  await killAt(source, "after the file, before the commit");
  const written = await source.read();
  await source.write("tasks: [");
  expect((await source.run("startup")).outcome).toBe("failed");
  await source.sql("UPDATE tasks SET description = 'v2' WHERE id = '2'");
  await source.write(written);
  await restart();
  expect(await source.row(2)).toMatchObject({ description: "v2", params: { timeout: 20 } });
});

it("a row that the database refuses when the run is completed waits, and loses neither the edit nor the other rows", async () => {
  await source.edit("timeout: 10", "timeout: 20");
  await source.sql("UPDATE tasks SET description = 'v1' WHERE id IN ('1', '2')");
  await killAt(source, "after the file, before the commit");
  await source.sql(
    "ALTER TABLE tasks ADD CONSTRAINT no_twenty CHECK (params ->> 'timeout' <> '20') NOT VALID",
  );
  const written = await source.read();
  expect(await source.run("startup")).toMatchObject({
    outcome: "succeeded",
    counts: { conflicts: 0 },
    problems: [
      { code: "row_refused", task_id: "2", message: expect.stringContaining("no_twenty") as unknown },
    ],
  });
  expect(await source.sql("SELECT 1 FROM file_intents")).toEqual([]);
  expect(await source.read()).toBe(written);
  expect(await source.row(2)).toMatchObject({ description: "v1", params: { timeout: 10 } });
  expect(await source.pending()).toEqual({ "2": "problem" });
  await source.expectInStep(["2"]);
  await source.sql("ALTER TABLE tasks DROP CONSTRAINT no_twenty");
  await restart();
  expect(await source.row(2)).toMatchObject({ description: "v1", params: { timeout: 20 } });
  expect(await source.read()).toBe(written);
});

it("killed half way through a write in place: the file is put back, and nothing of it counts as an edit", async () => {
  await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '2'");
  await killAt(source, "after the intent, before the file");
  // As if it could not be renamed over: the write has begun at the start of the file, and got no further.
  const before = await readFile(source.path);
  const after = Buffer.from(String(before).replace("keep_days: 30", "keep: {}").replace("Check", "v1"));
  await beginJournal(source.backups, before, after);
  const written = after.indexOf("keep: {}") + 8;
  await source.write(Buffer.concat([after.subarray(0, written), before.subarray(written)]));
  await restart();
  expect(await source.row(1)).toMatchObject({ params: { keep_days: 30 } });
  expect(await source.read()).toBe(SAMPLE.replace("Check", "v1"));
});

it("killed after the file, which an older version had come back into: the next run still asks", async () => {
  const older = await source.read();
  await source.sql("UPDATE tasks SET description = 'From SQL' WHERE id = '2'");
  await source.run();
  await source.write(older);
  await source.sql("UPDATE tasks SET description = 'Other' WHERE id = '3'");
  await killAt(source, "after the file, before the commit");
  await source.run("startup");
  expect(await source.conflicts()).toMatchObject([{ task_id: "2", fields: ["description"] }]);
  expect(await source.row(2)).toMatchObject({ description: "From SQL" });
  expect(await source.row(3)).toMatchObject({ description: "Other" });
});

it("killed after the file, and the file edited elsewhere: a version before it does not know what it had carried", async () => {
  const older = await source.read();
  await source.sql("UPDATE tasks SET description = 'From SQL' WHERE id = '2'");
  await killAt(source, "after the file, before the commit");
  await source.edit("timeout: 10", "timeout: 20");
  await source.run("startup");
  expect(await source.conflicts()).toEqual([]);
  await source.write(older);
  await source.run("watch");
  expect(await source.conflicts()).toMatchObject([{ task_id: "2", fields: ["description"] }]);
});

it("killed after the file: history tells what it carried like any other run, which can be undone", async () => {
  await source.edit("timeout: 10", "timeout: 20");
  await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '2'");
  await killAt(source, "after the file, before the commit");
  await restart();
  const told = await source.sql<{ run: string }>(
    `SELECT r.id AS run, c.task_id, c.action, c.merged, c.file_changed, c.database_changed, c.actor, r.outcome,
            c.before #> '{params,timeout}' AS before, c.after #> '{params,timeout}' AS after,
            c.after ->> 'description' AS description
       FROM run_changes c JOIN runs r ON r.id = c.run_id WHERE c.action <> 'create'`,
  );
  expect(told).toMatchObject([
    {
      ...{ task_id: "2", action: "update", merged: true, file_changed: true, database_changed: true },
      ...{ actor: null, outcome: "succeeded", before: 10, after: 20, description: "v1" },
    },
  ]);
  await source.ask("rollback", { kind: "rollback", reverts: told[0]?.run ?? "" });
  expect(await source.row(2)).toMatchObject({ description: "Check", params: { retries: 3, timeout: 10 } });
  await source.expectInStep();
});

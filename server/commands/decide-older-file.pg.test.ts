import { afterEach, beforeEach, expect, it } from "vitest";
import { getStatus } from "../queries/status.ts";
import { ADA, letGo, startTestWorker } from "../testing/commands.ts";
import { SAMPLE, SOURCE, startTestSource, type TestSource } from "../testing/test-source.ts";
import type { RunningWorker } from "../worker/start-worker.ts";
import { decideOlderFile } from "./decide-older-file.ts";
import { createTask, deleteTask, patchTask } from "./edit-task.ts";
import { rollbackRun } from "./rollback-run.ts";
import { requestRun } from "./request-run.ts";

let source: TestSource;
let worker: RunningWorker;
const options = { actor: ADA, wait: true };
const decide = (body: Parameters<typeof decideOlderFile>[1]) => decideOlderFile(SOURCE, body, { actor: ADA });
const look = () => requestRun({}, { actor: ADA, trigger: "manual" });
const lines = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .sort();

beforeEach(async () => {
  source = await startTestSource();
  worker = await startTestWorker(source, { AUTO_SYNC_ENABLED: "false", WATCH_DEBOUNCE_MS: "50" });
});
afterEach(async () => {
  await worker.stop();
  await letGo();
  await source.stop();
});

/** Edits of both sides, after which the file is put back to where it began. */
async function older(): Promise<string> {
  await patchTask("1", { description: "In the browser" }, options);
  await createTask({ skill_name: "new", schedule_cron: "1 1 * * *" }, options);
  await source.edit("retries: 3", "retries: 8");
  await look();
  const newest = await source.read();
  await source.write(SAMPLE);
  await look();
  return newest;
}

it("is shown in the status, and an edit of the file alone was followed meanwhile", async () => {
  await older();
  expect(await getStatus(SOURCE)).toMatchObject({
    conflicts: 2,
    older_file: { source: SOURCE, tasks: 2, revision: (await getStatus(SOURCE)).file?.revision },
  });
  expect(await source.row(2)).toMatchObject({ params: { retries: 3 } });
});

it("the newest is put back, with what only the file had", async () => {
  const newest = await older();
  const { runs, resolved, refused } = await decide({ keep: "newest" });
  expect([runs.map(({ trigger }) => trigger), resolved.length, refused]).toEqual([
    ["resolution", "rollback"],
    2,
    [],
  ]);
  expect(lines(await source.read())).toEqual(lines(newest));
  expect(await source.row(2)).toMatchObject({ params: { retries: 8 } });
  expect((await getStatus(SOURCE)).older_file).toBeNull();
  await source.expectInStep();
});

it("an undo of putting the newest back changes nothing, and says why", async () => {
  await older();
  const { runs } = await decide({ keep: "newest" });
  const before = [await source.read(), await source.sql("SELECT id, description FROM tasks ORDER BY id")];
  await source.sql("UPDATE tasks SET status = 'running' WHERE id = '1'");
  const undone = await rollbackRun(runs[0]?.id, {}, { actor: ADA });
  expect(undone.problems.map(({ task_id, message }) => [task_id, message.slice(0, 30)])).toEqual([
    ["1", "Nothing of task 1 was put back"],
    ["4", "Nothing of task 4 was put back"],
  ]);
  await source.sql("UPDATE tasks SET status = 'active' WHERE id = '1'");
  await look();
  expect([await source.read(), await source.sql("SELECT id, description FROM tasks ORDER BY id")]).toEqual(
    before,
  );
  await source.expectInStep();
});

it("the newest is put back without an edit of the database that came at the same time being undone", async () => {
  await patchTask("1", { description: "In the browser" }, options);
  await source.edit("retries: 3", "retries: 8");
  await look();
  await source.write(SAMPLE);
  await source.sql("UPDATE tasks SET description = 'Meanwhile' WHERE id = '3'");
  await look();
  await decide({ keep: "newest" });
  expect(await source.row(3)).toMatchObject({ description: "Meanwhile" });
  expect(await source.row(2)).toMatchObject({ params: { retries: 8 } });
  await source.expectInStep();
});

it("the older one is taken", async () => {
  await older();
  const { runs, resolved } = await decide({ keep: "older" });
  expect([runs.length, resolved.length]).toEqual([1, 2]);
  expect(await source.read()).toBe(SAMPLE);
  expect(await source.row(1)).toMatchObject({ description: "Back up" });
  expect(await source.row(4)).toBeUndefined();
  await source.expectInStep();
});

it("the older one, which deletes most tasks, is taken when that is confirmed", async () => {
  for (let n = 0; n < 5; n++)
    await createTask({ skill_name: `new-${n}`, schedule_cron: "1 1 * * *" }, options);
  await source.write(SAMPLE);
  await look();
  const { runs } = await decide({ keep: "older" });
  expect(runs).toMatchObject([{ outcome: "halted", halt: { deletions: ["4", "5", "6", "7", "8"] } }]);
  expect(await source.conflicts()).toHaveLength(5);
  const plan_hash = runs[0]?.halt?.plan_hash ?? "";
  expect((await decide({ keep: "older", plan_hash })).runs).toMatchObject([{ outcome: "succeeded" }]);
  expect(await source.sql("SELECT id FROM tasks ORDER BY id")).toHaveLength(3);
  await source.expectInStep();
});

it("nothing is decided where no older file is, or another one came back than was shown", async () => {
  await expect(decide({ keep: "older" })).rejects.toMatchObject({ code: "conflict_closed" });
  await deleteTask("3", options);
  await source.write(SAMPLE);
  await look();
  await expect(decide({ keep: "older", revision: "another" })).rejects.toMatchObject({ code: "stale_file" });
  await expect(decideOlderFile("nowhere", { keep: "older" }, { actor: ADA })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await source.conflicts()).toHaveLength(1);
});

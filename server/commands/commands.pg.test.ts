import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LockstepError } from "../../lib/errors.ts";
import { ADA, letGo, pointAt, startTestWorker } from "../testing/commands.ts";
import { lockFile } from "../testing/file-locker.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";
import type { RunningWorker } from "../worker/start-worker.ts";
import { createTask, deleteTask, patchTask, replaceTask } from "./edit-task.ts";
import { dryRun, requestRun } from "./request-run.ts";
import { resolveConflict, resolveConflicts } from "./resolve-conflict.ts";
import { rollbackRun } from "./rollback-run.ts";

let source: TestSource;
let worker: RunningWorker | undefined;
const options = { actor: ADA, wait: true };
const asked = { actor: ADA, trigger: "manual" as const };

const start = async (more: Parameters<typeof startTestWorker>[1] = {}) => {
  worker = await startTestWorker(source, more);
};
beforeEach(async () => {
  source = await startTestSource();
  pointAt(source);
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await letGo();
  await source.stop();
});

const refusal = async (answer: Promise<unknown>): Promise<LockstepError> => {
  const error: unknown = await answer.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  return error as LockstepError;
};

describe("an edit by API", () => {
  it("is answered after it was written to the file", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    const { task, sync } = await patchTask("2", { params: { retries: 7 } }, options);
    expect(await source.read()).toBe(SAMPLE.replace("retries: 3", "retries: 7"));
    expect(sync).toEqual({ state: "synced" });
    expect(task).toMatchObject({ id: 2, params: { retries: 7, timeout: 10 } });
    expect(await source.row(2)).toMatchObject({ updated_by: "ada" });
    await source.expectInStep();
  });

  it("creates with the next id, replaces and deletes", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    const created = await createTask({ skill_name: "new", schedule_cron: "1 1 * * *" }, options);
    expect(created).toMatchObject({ task: { id: 4 }, sync: { state: "synced" } });
    expect(await source.read()).toContain("- id: 4\n    skill_name: new");
    await replaceTask("4", { skill_name: "newer", schedule_cron: "2 2 * * *" }, options);
    expect(await source.read()).toContain("skill_name: newer");
    expect((await deleteTask("4", options)).sync).toEqual({ state: "synced" });
    expect(await source.read()).toBe(SAMPLE);
    await source.expectInStep();
  });

  it("is refused when it is not valid, and changes nothing", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    const before = await source.everything();
    expect(await refusal(patchTask("99", { description: "x" }, options))).toMatchObject({
      code: "not_found",
    });
    expect(await refusal(patchTask("2", { schedule_cron: "never" }, options))).toMatchObject({
      code: "invalid_task",
    });
    expect(await refusal(patchTask("2", { id: 9 }, options))).toMatchObject({ code: "invalid_task" });
    expect(
      await refusal(createTask({ id: 2, skill_name: "x", schedule_cron: "1 1 * * *" }, options)),
    ).toMatchObject({ code: "task_exists" });
    expect(
      await refusal(patchTask("2", { description: "x" }, { ...options, ifMatch: '"old"' })),
    ).toMatchObject({ code: "precondition_failed" });
    expect(await source.everything()).toEqual(before);
  });

  it("answers pending with the reason when no worker is running, and the next worker carries it", async () => {
    pointAt(source, { SYNC_WAIT_MS: "50" });
    expect((await patchTask("2", { description: "Waits" }, options)).sync).toEqual({
      state: "pending",
      reason: "no worker is running",
    });
    expect(await source.read()).toBe(SAMPLE);
    await start({ AUTO_SYNC_ENABLED: "false" });
    expect(await source.read()).toContain("Waits");
    await source.expectInStep();
  });

  it("answers pending with the reason when the file cannot be written, and is carried later", async () => {
    await start();
    const unlock = await lockFile(source.path);
    const { sync } = await patchTask("2", { description: "Waits" }, options);
    expect(sync).toMatchObject({
      state: "pending",
      reason: expect.stringContaining("locked by another process") as unknown,
    });
    await unlock();
    await waitFor(async () => (await source.read()).includes("Waits"), { what: "the retry" });
    await waitFor(() => source.expectInStep().then(() => true));
  });

  it("answers conflict when the file changed the same field", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    await source.edit("description: Check", "description: By hand");
    expect((await patchTask("2", { description: "By API" }, options)).sync).toMatchObject({
      state: "conflict",
      reason: expect.stringContaining("description") as unknown,
    });
    expect(await source.read()).toContain("By hand");
    expect((await source.row(2))?.["description"]).toBe("By API");
  });

  it("64 at once share runs, and each is in the file when it is answered", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    const before = (await source.runs()).length;
    await Promise.all(
      [...Array(64).keys()].map(async (n) => {
        const { sync } = await patchTask(String((n % 3) + 1), { params: { [`p${n}`]: n } }, options);
        expect(sync).toEqual({ state: "synced" });
        expect(await source.read()).toContain(`p${n}: ${n}`);
      }),
    );
    expect((await source.runs()).length - before).toBeLessThan(40);
    await source.expectInStep();
  });
});

describe("a run by hand", () => {
  it("carries the changes of both sides and says what it did", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    await source.edit("keep_days: 30", "keep_days: 60");
    await source.sql("UPDATE tasks SET description = 'x' WHERE id = '3'");
    expect(await requestRun({}, asked)).toMatchObject({
      trigger: "manual",
      requested_by: "ada",
      outcome: "succeeded",
      counts: { updated: 2 },
    });
    await source.expectInStep();
  });

  it("applies exactly the plan that a dry run showed, or is refused", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    await source.edit("keep_days: 30", "keep_days: 60");
    const { hash } = await dryRun({}, { actor: ADA });
    expect(await refusal(requestRun({ plan_hash: "another" }, asked))).toMatchObject({ code: "stale_plan" });
    expect(await requestRun({ plan_hash: hash }, asked)).toMatchObject({
      outcome: "succeeded",
      counts: { updated: 1 },
    });
  });

  it("is refused for an unknown source, and when no worker can run it", async () => {
    expect(await refusal(requestRun({ source: "elsewhere" }, asked))).toMatchObject({ code: "not_found" });
    expect(await refusal(requestRun({}, asked))).toMatchObject({ code: "no_worker" });
  });
});

describe("a conflict", () => {
  const disagree = async () => {
    await source.edit("description: Check", "description: By hand");
    await source.edit("keep_days: 30", "keep_days: 31");
    await source.sql("UPDATE tasks SET description = 'By SQL' WHERE id = '2'");
    await source.sql("UPDATE tasks SET params = '{\"keep_days\": 32}' WHERE id = '1'");
    await requestRun({}, asked);
    return source.conflicts();
  };

  it("is resolved once, and a changed or closed conflict is refused with its present state", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    const two = (await disagree()).find((conflict) => conflict.task_id === "2");
    const id = two?.id;
    await source.sql("UPDATE tasks SET description = 'By SQL, again' WHERE id = '2'");
    const stale = await refusal(
      resolveConflict(id, { choice: "keep_file", revision: two?.revision ?? "" }, { actor: ADA }),
    );
    expect(stale).toMatchObject({
      code: "stale_conflict",
      details: { conflict: { db_data: { description: "By SQL, again" } } },
    });
    const { task, run } = await resolveConflict(id, { choice: "keep_database" }, { actor: ADA });
    expect([task?.["description"], run.trigger]).toEqual(["By SQL, again", "resolution"]);
    expect(await source.read()).toContain("By SQL, again");
    expect(await refusal(resolveConflict(id, { choice: "keep_file" }, { actor: ADA }))).toMatchObject({
      code: "conflict_closed",
    });
    expect(
      await refusal(
        resolveConflict("00000000-0000-4000-8000-000000000000", { choice: "keep_file" }, { actor: ADA }),
      ),
    ).toMatchObject({ code: "not_found" });
    expect(await source.conflicts("resolved")).toMatchObject([{ closed_by: "ada", choice: "keep_db" }]);
  });

  it("are all resolved at once, with unknown ids named", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    const ids = (await disagree()).map((conflict) => conflict.id);
    const unknown = "00000000-0000-4000-8000-000000000000";
    const some = await resolveConflicts(
      { conflict_ids: [ids[0] ?? "", unknown], choice: "keep_file" },
      { actor: ADA },
    );
    expect([some.resolved, some.refused.map((refused) => refused.conflict_id)]).toEqual([
      [ids[0]],
      [unknown],
    ]);
    const rest = await resolveConflicts({ conflict_ids: "all", choice: "keep_database" }, { actor: ADA });
    expect(rest.resolved).toEqual(ids.slice(1));
    await source.expectInStep();
  });
});

describe("a rollback", () => {
  it("undoes a run on both sides, but not a run that changed nothing", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    await patchTask("2", { description: "Oops" }, options);
    const id = (await source.runs()).at(-1)?.id;
    expect(await rollbackRun(id, {}, { actor: ADA })).toMatchObject({
      reverts: id,
      outcome: "succeeded",
      requested_by: "ada",
    });
    expect(await source.read()).toBe(SAMPLE);
    const idle = await requestRun({}, asked);
    expect(await refusal(rollbackRun(idle.id, {}, { actor: ADA }))).toMatchObject({ code: "not_undoable" });
    expect(await refusal(rollbackRun("nonsense", {}, { actor: ADA }))).toMatchObject({ code: "not_found" });
    await source.expectInStep();
  });
});

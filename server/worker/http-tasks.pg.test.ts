import { describe, expect, it } from "vitest";
import { createTask, deleteTask, patchTask } from "../commands/edit-task.ts";
import { listBackups, readFileText, restoreBackup } from "../commands/file-requests.ts";
import { dryRun } from "../commands/request-run.ts";
import { resolveConflict } from "../commands/resolve-conflict.ts";
import { testSource } from "../commands/test-source.ts";
import { rollbackRun } from "../commands/rollback-run.ts";
import { listRuns } from "../queries/history.ts";
import { getSource } from "../queries/sources.ts";
import { getStatus } from "../queries/status.ts";
import { ADA } from "../testing/commands.ts";
import { tasksYaml } from "../endpoints/http-tasks/testing/tasks-upstream.ts";
import { useHttpTasks } from "../testing/http-tasks.ts";

const t = useHttpTasks();
/** Named as versions of files are. */
const NEVER_KEPT = "2026-03-01T12-00-00.000Z-1.yml";
const waiting = { actor: ADA, wait: true };

describe("tasks behind an API", () => {
  it("are imported at the start, in our words, and nothing is written there", async () => {
    expect(await t.writesDuring(() => t.start())).toEqual([]);
    expect(await t.row(1)).toMatchObject({
      source: "erp",
      skill_name: "skill 1",
      schedule_cron: "0 1 * * *",
      status: "active",
      params: { budget: 100 },
    });
    expect(await getSource("erp")).toMatchObject({
      kind: "http_tasks",
      object_type: null,
      sync_status: "synced",
      tasks: 2,
      path: expect.stringMatching(/\/all\/tasks$/) as unknown,
      settings: { older_file: "accept", fields: { timezone: "db", next_run_at: "db" } },
    });
    await t.expectInStep();
  });

  it("are tried out before anything is stored", async () => {
    await t.start();
    await t.put({ id: "t3", number: 3, name: "new", cron: "at noon" });
    const sample = await testSource({ source: "erp" }, { actor: ADA });
    expect(sample).toMatchObject({ found: 3, problems: [] });
    expect(sample.rows.map(({ task, problems }) => [task?.["id"], problems?.length])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
    ]);
    expect(await t.rows()).toEqual(["1", "2"]);
    await expect(
      testSource({ source: "erp", resource: { primary_key: "id" } }, { actor: ADA }),
    ).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("are edited there, and the row follows", async () => {
    await t.start();
    await t.put({ id: "t1", about: "From the ERP", state: "off" });
    expect(await t.run()).toMatchObject({ run: { outcome: "succeeded", counts: { updated: 1 } } });
    expect(await t.row(1)).toMatchObject({ description: "From the ERP", status: "paused" });
    await t.expectInStep();
    // Who edited it there is not known, and the audit says so.
    await t.until("the audit to name the place", async () => {
      const found = await t.sql(
        "SELECT 1 FROM audit_log WHERE actor = 'file' AND detail ->> 'state' = 'elsewhere'",
      );
      return found.length > 0;
    });
  });

  it("are edited here, and only what changed is sent, beside what stands there", async () => {
    await t.start();
    const writes = await t.writesDuring(async () => {
      const { sync } = await patchTask("2", { description: "From here", params: { budget: 7 } }, waiting);
      expect(sync).toEqual({ state: "synced" });
    });
    expect(writes).toEqual(["PATCH /tasks/t2"]);
    expect(await t.item("t2")).toMatchObject({
      about: "From here",
      name: "skill 2",
      meta: { budget: 7, owner: "erp" },
    });
    await t.expectInStep();
  });

  it("keep here what the other system has no field for", async () => {
    await t.start();
    const writes = await t.writesDuring(() => patchTask("2", { timezone: "Europe/Berlin" }, waiting));
    expect([writes, (await t.row(2))?.["timezone"], await t.pending()]).toEqual([[], "Europe/Berlin", {}]);
    await t.put({ id: "t2", about: "Later" });
    await t.run();
    expect(await t.row(2)).toMatchObject({ timezone: "Europe/Berlin", description: "Later" });
  });

  it("are created on either side", async () => {
    await t.start();
    await t.put({ id: "t3", number: 3, name: "theirs", cron: "0 3 * * *", state: "on" });
    await t.run();
    const created = { id: 4, skill_name: "ours", schedule_cron: "0 4 * * *", status: "paused" };
    expect((await createTask(created, waiting)).sync).toEqual({ state: "synced" });
    expect((await t.items()).find(({ number }) => number === 4)).toMatchObject({
      name: "ours",
      state: "off",
    });
    expect(await t.rows()).toEqual(["1", "2", "3", "4"]);
    await t.expectInStep();
    expect(await t.writesDuring(() => t.run())).toEqual([]);
  });

  it("are deleted on either side", async () => {
    await t.start();
    await t.remove("t1");
    expect(await t.run()).toMatchObject({ run: { counts: { deleted: 1 } } });
    expect(await t.rows()).toEqual(["2"]);
    expect((await deleteTask("2", waiting)).sync).toEqual({ state: "synced" });
    expect(await t.items()).toEqual([]);
    await t.expectInStep();
  });

  it("show what a run would do before it does it", async () => {
    await t.start();
    await t.put({ id: "t1", about: "Soon" });
    const writes = await t.writesDuring(async () => {
      const plan = await dryRun({}, { actor: ADA });
      expect(plan).toMatchObject({ changes: [{ task_id: "1", action: "update" }] });
    });
    expect([writes, (await t.row(1))?.["description"]]).toEqual([[], "About 1"]);
  });

  it("are given back by an undo, those too that were deleted", async () => {
    await t.start();
    await patchTask("1", { description: "Wrong" }, waiting);
    await deleteTask("2", waiting);
    const { runs } = await listRuns({ limit: 10 });
    for (const run of runs.filter(({ trigger }) => trigger === "api"))
      expect(await rollbackRun(run.id, {}, { actor: ADA })).toMatchObject({ outcome: "succeeded" });
    const [first, second] = (await t.items()).sort((a, b) => Number(a["number"]) - Number(b["number"]));
    expect(first).toMatchObject({ about: "About 1" });
    expect(second).toMatchObject({ number: 2, name: "skill 2", about: "About 2", state: "on" });
    await t.expectInStep();
  });
});

describe("a conflict with an API", () => {
  const disagree = async () => {
    await t.start();
    await t.put({ id: "t1", about: "Theirs", name: "their skill" });
    await t.sql("UPDATE tasks SET description = 'Ours', params = '{\"budget\": 1}' WHERE id = '1'");
    expect(await t.run()).toMatchObject({ run: { outcome: "conflicted" } });
    return t.onlyConflict();
  };

  it("leaves both sides alone", async () => {
    const writes = await t.writesDuring(disagree);
    expect(await t.onlyConflict()).toMatchObject({
      fields: ["description"],
      yaml_data: { description: "Theirs", skill_name: "their skill" },
      db_data: { description: "Ours" },
    });
    expect([writes, (await t.row(1))?.["description"]]).toEqual([[], "Ours"]);
  });

  it.each([
    ["keep_file", { about: "Theirs", name: "their skill", budget: 100 }],
    ["keep_database", { about: "Ours", name: "skill 1", budget: 1 }],
    ["merge", { about: "By hand", name: "their skill", budget: 1 }],
  ] as const)("ends with %s on both sides", async (choice, expected) => {
    const { conflict_id, revision } = await disagree();
    const fields = choice === "merge" ? { fields: { description: { value: "By hand" } } } : {};
    const { run } = await resolveConflict(conflict_id, { choice, revision, ...fields }, { actor: ADA });
    expect(run).toMatchObject({ outcome: "succeeded" });
    const item = await t.item("t1");
    expect({ about: item?.["about"], name: item?.["name"], ...(item?.["meta"] as object) }).toMatchObject(
      expected,
    );
    await t.expectInStep();
  });
});

describe("what an API has not", () => {
  it("is said: a text is there to look at, but no version of it is kept", async () => {
    await t.start();
    const asker = { actor: ADA, source: undefined };
    const file = await readFileText(asker);
    expect(file.text).toContain("  - id: 1\n    skill_name: skill 1\n    schedule_cron: 0 1 * * *\n");
    expect(file.tasks).toEqual([
      { task_id: "1", line: 2 },
      { task_id: "2", line: 9 },
    ]);
    await patchTask("1", { description: "New" }, waiting);
    expect(await listBackups(asker)).toEqual([]);
    await expect(restoreBackup(NEVER_KEPT, {}, { actor: ADA })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("is a watch, in place of which the list is looked at again and again", async () => {
    await t.many().list(tasksYaml(t.upstream().url, "watch_seconds: 0.1"));
    await t.many().start();
    await t.many().settled();
    await t.put({ id: "t2", about: "Noticed" });
    await t.until("the edit to be noticed", async () => (await t.row(2))?.["description"] === "Noticed");
    await t.control({ faults: [{ on: "GET /all/tasks", status: 503 }] });
    await t.until("the list to be unreadable", async () => {
      const { sync_status_reason } = await getStatus("erp");
      return sync_status_reason?.code === "file_unreadable";
    });
    await t.control({ faults: [] });
    await t.until("it to be read again", async () => (await getStatus("erp")).sync_status === "synced");
  });
});

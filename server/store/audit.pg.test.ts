import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditLog } from "../testing/audit-log.ts";
import { SOURCE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { addAudit } from "./audit.ts";
import { addRequest } from "./requests.ts";
import { saveOverrides } from "./source-settings.ts";
import { asActor, inTransaction } from "./transaction.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const log = (where?: string) => auditLog(source, where);
const ADA = { name: "user:ada@example.com", from: "192.0.2.7" };
const askAs = async (
  trigger: Parameters<typeof addRequest>[1]["trigger"],
  options: Parameters<typeof addRequest>[1]["options"] = null,
) => {
  await addRequest(source.pool, {
    source: SOURCE,
    trigger,
    options,
    requested_by: ADA.name,
    requested_from: ADA.from,
  });
  await source.runner.wake();
  return (await source.runs()).at(-1)?.id ?? "";
};
async function conflict(): Promise<{ id: string; task_id: string; revision: string }> {
  await source.edit("description: Check", "description: In the file");
  await source.sql("UPDATE tasks SET description = 'In the database' WHERE id = '2'");
  await source.run("watch");
  const [found] = await source.conflicts();
  if (!found) throw new Error("no conflict");
  return found;
}

describe("every change is there with its actor, where it came from, and the state before", () => {
  it("an edit by API has the person and their address, an edit by SQL the role and the program", async () => {
    await asActor(
      source.pool,
      ADA,
      (tx) => tx.query("UPDATE tasks SET description = 'by ada' WHERE id = '1'"),
      500,
    );
    await source.sql("UPDATE tasks SET description = 'by sql' WHERE id = '1'");
    const [byAda, bySql] = await log("action = 'task_updated'");
    expect(byAda).toMatchObject({
      actor: ADA.name,
      address: ADA.from,
      subject: "task",
      subject_id: "1",
      detail: null,
      after: { description: "by ada" },
    });
    expect(bySql).toMatchObject({
      actor: expect.stringMatching(/^sql:\w/),
      address: expect.stringMatching(/^127\.|^::1/),
      before: { description: "by ada" },
      detail: { application: "lockstep" },
    });
  });

  it("a conflict has an entry when found and when resolved, with both sides and the choice", async () => {
    const found = await conflict();
    expect(await log("subject = 'conflict'")).toMatchObject([
      {
        actor: "lockstep",
        action: "conflict_detected",
        subject_id: found.id,
        task_id: "2",
        after: {
          file: { description: "In the file" },
          database: { description: "In the database" },
          last_synced: { description: "Check" },
        },
        detail: { fields: ["description"], kind: "modify_modify" },
      },
    ]);
    const run = await askAs("resolution", {
      kind: "resolution",
      resolutions: [{ conflict_id: found.id, task_id: "2", revision: found.revision, choice: "keep_file" }],
    });
    expect(await log("action = 'conflict_resolved'")).toMatchObject([
      {
        actor: ADA.name,
        address: ADA.from,
        subject_id: found.id,
        run_id: run,
        detail: { choice: "keep_yaml" },
        after: { agreed: { description: "In the file" } },
      },
    ]);
    expect(await log(`run_id = '${run}' AND subject = 'task'`)).toMatchObject([
      { actor: ADA.name, address: ADA.from, action: "task_updated" },
    ]);
    expect((await source.row(2))?.["updated_by"]).toBe(ADA.name);
  });

  it("a conflict that closes by itself, or by SQL, says so", async () => {
    const found = await conflict();
    await source.sql("UPDATE tasks SET description = 'In the file' WHERE id = '2'");
    await source.run("database");
    expect(await log("action = 'conflict_closed'")).toMatchObject([
      { actor: "lockstep", address: null, subject_id: found.id },
    ]);
    await source.edit("description: Report", "description: In the file");
    await source.sql("UPDATE tasks SET description = 'In the database' WHERE id = '3'");
    await source.run("watch");
    await source.sql(
      "UPDATE conflicts SET state = 'resolved', closed_by = 'user:grace@example.com' WHERE state = 'pending'",
    );
    expect(await log("action = 'conflict_resolved'")).toMatchObject([
      { actor: expect.stringMatching(/^sql:/) },
    ]);
  });

  it("a run has an entry with its actor and options, but requests without options have none", async () => {
    await source.run("schedule");
    await askAs("cron");
    expect(await log("subject = 'run'")).toEqual([]);
    const plain = await askAs("manual");
    const forced = await askAs("manual", {
      kind: "sync",
      direction: "file_to_database",
      force: true,
      allow_deletes: true,
    });
    expect(await log("subject = 'run'")).toMatchObject([
      {
        actor: ADA.name,
        address: ADA.from,
        action: "sync_requested",
        run_id: plain,
        detail: { trigger: "manual", outcome: "succeeded" },
      },
      {
        action: "sync_requested",
        run_id: forced,
        detail: { direction: "yaml_to_db", force: true, allow_deletes: true },
      },
    ]);
    expect((await log("subject = 'run'"))[0]?.detail).not.toHaveProperty("force");
  });

  it(
    "an undo names who undid, also in the row, and changes that the same run finds in the file name the " +
      "file",
    async () => {
      await source.edit("description: Check", "description: By hand");
      const undone = (await source.run("watch")).id;
      expect((await source.row(2))?.["updated_by"]).toBe("file");
      await source.edit("description: Report", "description: Meanwhile");
      const run = await askAs("rollback", { kind: "rollback", reverts: undone });
      expect(await log("action = 'rollback_requested'")).toMatchObject([
        { actor: ADA.name, run_id: run, detail: { reverts: undone } },
      ]);
      expect(await log(`run_id = '${run}' AND subject = 'task'`)).toMatchObject([
        { task_id: "2", actor: ADA.name, address: ADA.from, after: { description: "Check" } },
        { task_id: "3", actor: "file", address: null, after: { description: "Meanwhile" } },
      ]);
      expect((await source.row(2))?.["updated_by"]).toBe(ADA.name);
      expect((await source.row(3))?.["updated_by"]).toBe("file");
    },
  );

  it("a scheduled run has an entry when it changed something", async () => {
    await source.edit("description: Check", "description: By hand");
    await askAs("cron");
    expect(await log("subject = 'run'")).toMatchObject([
      { actor: ADA.name, action: "sync_requested", detail: { trigger: "cron" } },
    ]);
  });

  it("settings edited in SQL name the role, and settings that a command changed have one entry", async () => {
    await source.sql(`UPDATE sources SET settings = '{"conflict_policy": "keep_db"}'`);
    await source.sql("UPDATE sources SET settings = settings, failures = 0");
    expect(await log("subject = 'setting'")).toMatchObject([
      {
        actor: expect.stringMatching(/^sql:/),
        action: "source_settings_changed",
        subject_id: SOURCE,
        before: {},
        after: { conflict_policy: "keep_db" },
      },
    ]);
    await inTransaction(source.pool, (tx) => saveOverrides(tx, SOURCE, {}));
    expect(await log("subject = 'setting'")).toHaveLength(1);
  });

  it("an added source has an entry that says where it comes from", async () => {
    await addAudit(source.pool, ADA, {
      action: "token_created",
      subject: "token",
      subject_id: "t1",
      after: { name: "deploy" },
    });
    expect(await log()).toMatchObject([
      { actor: ADA.name, address: ADA.from, subject_id: "t1", before: null, after: { name: "deploy" } },
    ]);
  });
});

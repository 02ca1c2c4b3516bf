import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";
import { asActor } from "./transaction.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const connect = async (user?: string) => {
  const url = new URL(source.url);
  if (user) url.username = user;
  if (user) url.password = "secret";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return client;
};
const audit = (where = "true") =>
  source.sql<{
    actor: string;
    action: string;
    task_id: string | null;
    before: { description?: string } | null;
    after: { description?: string } | null;
  }>(`SELECT actor, action, task_id, before, after FROM audit_entries WHERE ${where} ORDER BY id`);

describe("edits by SQL", () => {
  it("that commit late, with a lower number than an edit already carried, are not missed", async () => {
    const slow = await connect();
    await slow.query("BEGIN");
    await slow.query("UPDATE tasks SET description = 'slow' WHERE id = '1'");
    await source.sql("UPDATE tasks SET description = 'quick' WHERE id = '2'");
    await source.run("database");
    expect(await source.read()).toBe(SAMPLE.replace("description: Check", "description: quick"));
    await slow.query("COMMIT");
    await slow.end();
    await source.run("database");
    expect(await source.read()).toContain("description: slow");
    await source.expectInStep();
  });

  it("that commit with a lower number after a run has read the outbox stay in it", async () => {
    const [slow, holder] = [await connect(), await connect()];
    await slow.query("BEGIN");
    await slow.query("UPDATE tasks SET description = 'slow' WHERE id = '1'");
    await source.sql("UPDATE tasks SET description = 'quick' WHERE id = '2'");
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM tasks WHERE id = '2' FOR UPDATE");
    const running = source.run("database");
    const waitsForRow = () =>
      source.sql(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR UPDATE%'",
      );
    await waitFor(async () => (await waitsForRow()).length > 0, { what: "the run that waits for the row" });
    await slow.query("COMMIT");
    await holder.query("ROLLBACK");
    await running;
    expect(await source.read()).toBe(SAMPLE.replace("description: Check", "description: quick"));
    expect(await source.sql("SELECT task_id FROM task_edits")).toEqual([{ task_id: "1" }]);
    await Promise.all([slow.end(), holder.end()]);
    await source.run("database");
    expect(await source.read()).toContain("description: slow");
    await source.expectInStep();
  });

  it("that are rolled back leave nothing", async () => {
    const client = await connect();
    await client.query("BEGIN");
    await client.query("UPDATE tasks SET description = 'never' WHERE id = '1'");
    await client.query("ROLLBACK");
    await client.end();
    await source.run("database");
    expect(await source.read()).toBe(SAMPLE);
    await source.expectInStep();
  });

  it("of an id are a deletion and a creation", async () => {
    await source.sql("UPDATE tasks SET id = 'renamed' WHERE id = '2'");
    expect((await source.run("database")).counts).toMatchObject({ created: 1, deleted: 1 });
    expect(await source.read()).toMatch(/id: renamed\n {4}skill_name: health-check/);
    expect(await source.read()).not.toContain("id: 2\n");
    await source.expectInStep();
  });

  it("of many rows with one statement are all seen", async () => {
    await source.sql("UPDATE tasks SET status = 'disabled'");
    expect((await source.run("database")).counts).toMatchObject({ updated: 3 });
    expect((await source.read()).match(/status: disabled/g)).toHaveLength(3);
    await source.expectInStep();
  });

  it("by COPY and INSERT ... ON CONFLICT are seen too", async () => {
    await source.sql(
      "INSERT INTO tasks (id, skill_name, schedule_cron) SELECT 'n' || n, 'made', '0 0 * * *' FROM " +
        "generate_series(1, 20) n ON CONFLICT DO NOTHING",
    );
    await source.sql(
      "INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('1', 'x', '0 0 * * *') ON CONFLICT " +
        "(source, id) DO UPDATE SET description = 'upserted'",
    );
    expect((await source.run("database")).counts).toMatchObject({ created: 20, updated: 1 });
    await source.expectInStep();
  });

  it("TRUNCATE makes the next run compare everything, and halt", async () => {
    await source.sql("TRUNCATE tasks");
    expect(await source.sql("SELECT source, task_id FROM task_edits")).toEqual([
      { source: "default", task_id: null },
    ]);
    expect((await source.run("database")).outcome).toBe("halted");
    expect(await audit("action = 'tasks_truncated'")).toHaveLength(1);
    expect(await source.read()).toBe(SAMPLE);
  });

  it("reach a listener when they are committed, and only then", async () => {
    const listener = await connect();
    const heard: string[] = [];
    listener.on("notification", (message) => heard.push(message.channel));
    await listener.query("LISTEN lockstep_edits");
    const editor = await connect();
    await editor.query("BEGIN");
    await editor.query("UPDATE tasks SET description = 'x' WHERE id = '1'");
    await listener.query("SELECT 1");
    expect(heard).toEqual([]);
    const told = new Promise((resolve) => listener.once("notification", resolve));
    await editor.query("COMMIT");
    await told;
    // A run's own writes do not count as edits.
    await source.edit("description: Check", "description: y");
    await source.run("watch");
    expect(await source.sql("SELECT 1 FROM task_edits")).toEqual([]);
    expect(heard).toEqual(["lockstep_edits"]);
    await Promise.all([listener.end(), editor.end()]);
  });

  it("are refused by the table when no task could hold them", async () => {
    for (const bad of ["id = 'two words'", "status = 'sleeping'", "skill_name = ' '", "params = '[]'"]) {
      await expect(source.sql(`UPDATE tasks SET ${bad} WHERE id = '1'`)).rejects.toMatchObject({
        code: "23514",
      });
    }
    await source.expectInStep();
  });
});

describe("who did it", () => {
  it("is in the row and in the audit: the database role, or the person that a command names", async () => {
    await source.sql("UPDATE tasks SET description = 'by sql' WHERE id = '1'");
    await asActor(
      source.pool,
      { name: "ada", from: "192.0.2.7" },
      (tx) => tx.query("UPDATE tasks SET description = 'by ada' WHERE id = '1'"),
      500,
    );
    const [bySql, byAda] = await audit("action = 'task_updated'");
    expect(bySql).toMatchObject({
      actor: expect.stringMatching(/^sql:\w+/) as unknown,
      task_id: "1",
      before: { description: "Back up" },
      after: { description: "by sql" },
    });
    expect(byAda).toMatchObject({
      actor: "ada",
      before: { description: "by sql" },
      after: { description: "by ada" },
    });
    expect((await source.row(1))?.["updated_by"]).toBe("ada");
    expect(
      (await source.sql<{ actor: string }>("SELECT actor FROM task_edits ORDER BY id")).map(
        (edit) => edit.actor,
      ),
    ).toEqual([bySql?.actor, "ada"]);
  });

  it("is known for creations and deletions, and for changes that runs carried from the file", async () => {
    await source.sql("INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('4', 'new', '1 1 * * *')");
    await source.sql("DELETE FROM tasks WHERE id = '4'");
    await source.edit("description: Check", "description: by hand");
    await source.run("watch");
    expect((await audit()).map((entry) => [entry.action, entry.task_id])).toEqual([
      ["task_created", "4"],
      ["task_deleted", "4"],
    ]);
    const carried = await source.sql(
      "SELECT actor, action, task_id FROM audit_log WHERE run_id = (SELECT id FROM runs ORDER BY seq " +
        "DESC LIMIT 1)",
    );
    expect(carried).toEqual([{ actor: "file", action: "task_updated", task_id: "2" }]);
  });

  it("is known for a role that may edit tasks and nothing else", async () => {
    const role = `lockstep_editor_${randomBytes(4).toString("hex")}`;
    await source.sql(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
    await source.sql(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON tasks TO ${role}`);
    const editor = await connect(role);
    await expect(editor.query("SELECT 1 FROM task_edits")).rejects.toMatchObject({ code: "42501" });
    // The triggers must not use objects of the same names that this role made.
    await editor.query("CREATE TEMP TABLE task_edits (source text, task_id text, actor text)");
    await editor.query("UPDATE tasks SET description = 'by the role' WHERE id = '2'");
    await editor.query("DELETE FROM tasks WHERE id = '3'");
    await editor.end();
    await source.run("database");
    expect(await source.read()).toContain("by the role");
    expect(await source.read()).not.toContain("weekly-report");
    expect((await audit()).map((entry) => entry.actor)).toEqual([`sql:${role}`, `sql:${role}`]);
    await source.expectInStep();
    await source.sql(`REVOKE ALL ON tasks FROM ${role}`);
    await source.sql(`DROP ROLE ${role}`);
  });
});

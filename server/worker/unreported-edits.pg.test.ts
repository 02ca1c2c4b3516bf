import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type pg from "pg";
import { getStatus } from "../queries/status.ts";
import { letGo, pointAt, startTestWorker } from "../testing/commands.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";
import { UnreportedEdits } from "./unreported-edits.ts";

let source: TestSource;
let edits: UnreportedEdits;
let now: number;
beforeEach(async () => {
  source = await startTestSource();
  now = 0;
  edits = new UnreportedEdits(source.pool, source.context.log, () => now);
});
afterEach(() => source.stop());

/** SQL of a session whose triggers are off, as a restore or a replication has it. PostgreSQL counts it at once. */
async function withoutTriggers(...statements: string[]): Promise<void> {
  const session: pg.PoolClient = await source.pool.connect();
  await session.query("SET session_replication_role = replica");
  for (const statement of statements) await session.query(statement);
  await session.query("SELECT pg_stat_force_next_flush()");
  await session.query("RESET session_replication_role");
  session.release();
}

const outbox = () =>
  source.sql("SELECT task_id, actor FROM task_edits ORDER BY task_id").then((rows) => rows);
/** Looks again as soon as the pause is over. */
const look = async () => {
  now += 60_000;
  await edits.look();
};

describe("edits of rows that were made with triggers off", () => {
  it("an update, an insert and a deletion are found, told in the audit and synced", async () => {
    await withoutTriggers(
      "UPDATE tasks SET description = 'unseen' WHERE id = '1'",
      "DELETE FROM tasks WHERE id = '3'",
      "INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('9', 'new', '1 1 * * *')",
    );
    expect(await outbox()).toEqual([]);
    await look();
    const actor = "sql:unknown";
    expect(await outbox()).toEqual(["1", "3", "9"].map((task_id) => ({ task_id, actor })));
    expect(
      await source.sql(
        `SELECT action, before ->> 'description' AS before, after ->> 'description' AS after FROM audit_entries
          WHERE actor = 'sql:unknown' ORDER BY task_id`,
      ),
    ).toEqual([
      { action: "task_updated", before: "Back up", after: "unseen" },
      { action: "task_deleted", before: "Report", after: null },
      { action: "task_created", before: null, after: null },
    ]);
    // What an ancestor says about the file is no part of the task.
    expect(
      await source.sql("SELECT 1 FROM audit_entries WHERE before ?| '{carried,file_lag,file_fingerprint}'"),
    ).toEqual([]);
    await source.run("database");
    const text = await source.read();
    expect(text).toContain("description: unseen");
    expect(text).toContain("skill_name: new");
    expect(text).not.toContain("weekly-report");
    await source.expectInStep();
  });

  it("a TRUNCATE is found, and halts the run like any deletion of all tasks", async () => {
    await withoutTriggers("TRUNCATE tasks");
    await look();
    expect(await outbox()).toHaveLength(3);
    expect((await source.run("database")).outcome).toBe("halted");
  });

  it("are found once, and nothing else is taken for one", async () => {
    await source.sql("UPDATE tasks SET description = 'seen' WHERE id = '1'");
    await look();
    expect(await outbox()).toMatchObject([{ task_id: "1" }]);
    await source.run("database");
    // Pending and in conflict: both differ from what was agreed.
    await source.edit("description: Check", "description: by hand");
    await source.sql("UPDATE tasks SET description = 'by SQL' WHERE id = '2'");
    await source.sql("UPDATE tasks SET description = 'waits' WHERE id = '3'");
    await source.run("manual", { kind: "sync", direction: "file_to_database" });
    expect(await source.pending()).toEqual({ "2": "conflict", "3": "direction" });
    await withoutTriggers("UPDATE tasks SET description = 'unseen' WHERE id = '1'");
    await look();
    await look();
    expect(await outbox()).toEqual([{ task_id: "1", actor: "sql:unknown" }]);
  });

  it("are not looked for in a source that was never compared, or has left the list", async () => {
    await source.sql("UPDATE sources SET removed_at = now()");
    await withoutTriggers("UPDATE tasks SET description = 'unseen' WHERE id = '1'");
    await look();
    expect(await outbox()).toEqual([]);
  });
});

describe("the cost", () => {
  let statements: number;
  beforeEach(() => {
    statements = 0;
    const pool = Object.create(source.pool) as pg.Pool;
    const query = source.pool.query.bind(source.pool) as (...given: unknown[]) => unknown;
    pool.query = ((...given: unknown[]) => {
      statements++;
      return query(...given);
    }) as typeof pool.query;
    edits = new UnreportedEdits(pool, source.context.log, () => now);
  });

  it("at rest is one small statement, and rows are compared only when the counter has moved", async () => {
    await withoutTriggers();
    await look();
    expect(statements).toBe(2);
    await look();
    await look();
    expect(statements).toBe(4);
    await withoutTriggers("UPDATE tasks SET description = 'unseen' WHERE id = '1'");
    await look();
    expect(statements).toBe(6);
  });

  it("is bounded under load: after a comparison there is a pause", async () => {
    await look();
    await withoutTriggers("UPDATE tasks SET description = 'unseen' WHERE id = '1'");
    now += 9_000;
    await edits.look();
    expect(statements).toBe(2);
    now += 1_000;
    await edits.look();
    expect(await outbox()).toHaveLength(1);
  });
});

it("a worker carries them to the file by itself, and the status says when triggers are disabled", async () => {
  pointAt(source);
  const worker = await startTestWorker(source);
  try {
    await withoutTriggers("UPDATE tasks SET description = 'unseen' WHERE id = '1'");
    await waitFor(async () => (await source.read()).includes("description: unseen"), {
      what: "the edit in the file",
      ms: 25_000,
    });
    // Until then the status is out of step, which has no reason either.
    await waitFor(async () => (await getStatus("default")).sync_status === "synced", { what: "synced" });
    await source.sql("ALTER TABLE tasks DISABLE TRIGGER tasks_updated");
    expect((await getStatus("default")).sync_status_reason?.code).toBe("triggers_off");
  } finally {
    await worker.stop();
    await letGo();
  }
}, 60_000);

import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditLog } from "../testing/audit-log.ts";
import { applyRetention } from "./retention.ts";
import { withoutGuard } from "../testing/history-guard.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";
import { inTransaction } from "./transaction.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const log = (where?: string) => auditLog(source, where);

describe("history is append-only", () => {
  const tables = ["audit_entries", "runs", "run_changes", "file_authors"];

  beforeEach(async () => {
    await source.sql("UPDATE tasks SET description = 'x' WHERE id = '1'");
    await source.run("database");
    // The authors of the import are found out after the run.
    await source.runner.idle();
  });

  it.each(tables)("%s refuses UPDATE, DELETE and TRUNCATE, and says why", async (table) => {
    const refusal = {
      code: "42501",
      message: expect.stringMatching(
        `append-only: (UPDATE|DELETE|TRUNCATE) of ${table} is refused`,
      ) as string,
    };
    const column =
      table === "audit_entries"
        ? "actor = 'nobody'"
        : table === "runs"
          ? "requested_by = 'nobody'"
          : table === "run_changes"
            ? "before = NULL"
            : "author = '{}'";
    await expect(source.sql(`UPDATE ${table} SET ${column}`)).rejects.toMatchObject(refusal);
    await expect(source.sql(`DELETE FROM ${table}`)).rejects.toMatchObject(refusal);
    await expect(source.sql(`TRUNCATE ${table} CASCADE`)).rejects.toMatchObject({
      code: "42501",
      message: expect.stringContaining("append-only") as string,
    });
  });

  it("keeps everything younger than the retention, and all tasks of a run together", async () => {
    const claim = (days: string, sql: string) =>
      inTransaction(source.pool, async (tx) => {
        await tx.query(`SET LOCAL lockstep.retention_days = '${days}'`);
        await tx.query(sql);
      });
    await withoutGuard(source.pool, "UPDATE runs SET started_at = now()");
    for (const days of ["1", "0", "-1", "nonsense"]) {
      await expect(claim(days, "DELETE FROM audit_entries")).rejects.toMatchObject({ code: "42501" });
      await expect(claim(days, "DELETE FROM runs")).rejects.toMatchObject({ code: "42501" });
    }
    await withoutGuard(source.pool, "UPDATE runs SET started_at = now() - interval '9 days'");
    await expect(claim("1", "DELETE FROM run_changes WHERE task_id = '1'")).rejects.toMatchObject({
      code: "42501",
    });
  });

  it("rows deleted by age leave an entry about it, whoever deletes them", async () => {
    await withoutGuard(source.pool, "UPDATE audit_entries SET at = now() - interval '9 days'");
    const before = (await source.sql("SELECT 1 FROM audit_entries")).length;
    await applyRetention(source.pool, 7);
    expect(await log("action = 'history_cleared' AND subject_id = 'audit_entries'")).toMatchObject([
      { actor: "retention", subject_id: "audit_entries", detail: { entries: before, older_than_days: 7 } },
    ]);
    await withoutGuard(source.pool, "UPDATE audit_entries SET at = now() - interval '9 days'");
    await source.pool.query(
      "BEGIN; SET LOCAL lockstep.retention_days = '2'; DELETE FROM audit_entries; COMMIT",
    );
    expect(await log()).toContainEqual(
      expect.objectContaining({
        action: "history_cleared",
        actor: expect.stringMatching(/^sql:/) as string,
        detail: { entries: 2, older_than_days: 2 },
      }),
    );
  });
});

it("a role that may only edit tasks can neither use another name nor pass as a run", async () => {
  const role = `lockstep_editor_${randomBytes(4).toString("hex")}`;
  await source.sql(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
  await source.sql(`GRANT SELECT, INSERT, UPDATE, DELETE ON tasks TO ${role}`);
  const url = new URL(source.url);
  url.username = role;
  url.password = "secret";
  const client = new pg.Client({ connectionString: url.href, application_name: "psql" });
  await client.connect();
  await client.query(
    "SET lockstep.writer = 'run'; SET lockstep.actor = 'user:ada@example.com'; SET lockstep.address = " +
      "'192.0.2.7'; SET lockstep.carried = 'yes'",
  );
  await client.query(
    "UPDATE tasks SET description = 'quietly', updated_by = 'user:ada@example.com' WHERE id = '1'",
  );
  await client.query("DELETE FROM tasks WHERE id = '3'");
  await client.end();
  expect(await log()).toMatchObject([
    {
      actor: `sql:${role}`,
      action: "task_updated",
      address: expect.not.stringMatching("192.0.2.7"),
      detail: { application: "psql" },
    },
    { actor: `sql:${role}`, action: "task_deleted" },
  ]);
  expect((await source.row(1))?.["updated_by"]).toBe(`sql:${role}`);
  await source.run("database");
  expect(await source.read()).toContain("quietly");
  await source.sql(`REVOKE ALL ON tasks FROM ${role}`);
  await source.sql(`DROP ROLE ${role}`);
});

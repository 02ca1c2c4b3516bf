import { beforeEach, describe, expect, it } from "vitest";
import { auditEntrySchema } from "../../lib/protocol/audit.ts";
import { type AuditQuery, auditQuery } from "../../lib/protocol/audit-query.ts";
import { addAudit } from "../store/audit.ts";
import { pool } from "../store/pool.ts";
import { waitFor } from "../testing/wait-for.ts";
import { auditCsv } from "../web/audit-csv.ts";
import { allAudit, listAudit } from "./audit.ts";
import { addRun, addSource, addTask } from "./testing/sample-rows.ts";
import { useDatabase } from "./testing/use-database.ts";

const database = useDatabase();
beforeEach(() => database.empty());

const ADMIN = { role: "admin" } as const;
const ADA = { name: "user:ada@example.com", from: "192.0.2.7" };
const read = async (
  given: Record<string, string> = {},
  reader: { role: "viewer" | "editor" | "admin" } = ADMIN,
) => (await listAudit(auditQuery.parse(given), reader)).entries;
const actions = async (
  given: Record<string, string> = {},
  reader: { role: "viewer" | "editor" | "admin" } = ADMIN,
) => (await read(given, reader)).map((entry) => entry.action).sort();

const LATER_THAN_RENAMES =
  "SELECT bool_and(clock_timestamp()::timestamptz(3) > renamed_at) AS later FROM renamed_tasks";

async function sample(): Promise<string> {
  await addSource("default");
  await addTask({ id: "1" });
  await pool().query("UPDATE tasks SET description = 'x', extra = '{\"team\":\"ops\"}'");
  const run = await addRun({ trigger: "watch" });
  await pool().query(
    `INSERT INTO run_changes VALUES ($1, '2', 'create', false, false, true, NULL, '{"status":"active"}')`,
    [run],
  );
  await addAudit(pool(), ADA, {
    action: "token_created",
    subject: "token",
    subject_id: "t1",
    after: { name: "deploy" },
  });
  await addAudit(pool(), ADA, {
    action: "settings_changed",
    subject: "setting",
    subject_id: "default",
    source: "default",
  });
  return run;
}

describe("the audit", () => {
  it("of a task has what happened while it had other ids, and nothing that these ids did later", async () => {
    await addSource("default");
    for (const id of ["a", "b", "c"]) {
      await addTask({ id });
      if (id !== "c")
        await pool().query(
          `INSERT INTO renamed_tasks (source, old_id, new_id, run_id) VALUES ('default', $1, $2, gen_random_uuid())`,
          [id, id === "a" ? "b" : "c"],
        );
      // Times have milliseconds, so what comes later has to come in a later one.
      await waitFor(async () => (await pool().query<{ later: boolean }>(LATER_THAN_RENAMES)).rows[0]?.later);
      await pool().query("UPDATE tasks SET description = 'later' WHERE id = $1", [id]);
    }
    const tasks = async (task_id: string) =>
      (await read({ task_id })).map((entry) => `${entry.task_id} ${entry.action}`).sort();
    expect(await tasks("c")).toEqual([
      "a task_created",
      "b task_created",
      "c task_created",
      "c task_updated",
    ]);
    expect(await tasks("a")).toEqual(["a task_created", "a task_updated"]);
  });

  it("has direct changes and changes that runs carried, with their differences", async () => {
    const run = await sample();
    const entries = await read();
    expect(await actions()).toEqual([
      "settings_changed",
      "task_created",
      "task_created",
      "task_updated",
      "token_created",
    ]);
    for (const entry of entries) expect(auditEntrySchema.safeParse(entry).error).toBeUndefined();
    expect(entries.find((entry) => entry.action === "task_updated")?.diff).toEqual([
      { field: "description", before: null, after: "x" },
      { field: "team", before: undefined, after: "ops" },
    ]);
    expect(entries.at(-1)).toMatchObject({
      actor: "file",
      task_id: "2",
      run_id: run,
      after: { status: "active" },
    });
  });

  it("is filtered by actor or kind of actor, subject, action, task, run, source, time and text", async () => {
    const run = await sample();
    expect(await actions({ actor: "user" })).toEqual(["settings_changed", "token_created"]);
    expect(await actions({ actor: "user:ada@example.com" })).toHaveLength(2);
    expect(await actions({ actor: "user:ad" })).toEqual([]);
    expect(await actions({ subject: "task,token" })).toEqual([
      "task_created",
      "task_created",
      "task_updated",
      "token_created",
    ]);
    expect(await actions({ action: "task_updated" })).toEqual(["task_updated"]);
    expect(await actions({ task_id: "1" })).toEqual(["task_created", "task_updated"]);
    expect(await actions({ run_id: run })).toEqual(["task_created"]);
    expect(await actions({ source: "other" })).toEqual([]);
    expect(await actions({ until: "2026-01-02" })).toEqual(["task_created"]);
    expect(await actions({ since: "2026-01-02T00:00:00Z" })).toHaveLength(4);
    expect(await actions({ q: "DEPLOY" })).toEqual(["token_created"]);
    expect(await actions({ q: "%" })).toEqual([]);
    expect(await actions({ q: "192.0.2" })).toHaveLength(2);
  });

  it.each(["viewer", "editor"] as const)(
    "shows a %s changes of tasks, but no addresses, users or tokens",
    async (role) => {
      await sample();
      expect(await actions({}, { role })).toEqual([
        "settings_changed",
        "task_created",
        "task_created",
        "task_updated",
      ]);
      expect((await read({}, { role })).map((entry) => entry.address)).toEqual([null, null, null, null]);
      expect(await actions({ q: "192.0.2" }, { role })).toEqual([]);
      await expect(read({ subject: "token" }, { role })).rejects.toMatchObject({ code: "forbidden" });
      expect(() => allAudit({ subject: ["task", "user"] }, { role })).toThrow("for admins");
      const csv = await auditCsv(allAudit({}, { role })).text();
      expect(csv).toContain("settings_changed");
      expect(csv).not.toMatch(/192\.0\.2\.7|deploy/);
    },
  );

  it("reads every entry although many have the same time", async () => {
    await pool().query(
      "INSERT INTO audit_entries (at, actor, action, subject) SELECT '2026-01-01', 'a', 'n' || g, " +
        "'task' FROM generate_series(1, 11) g",
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query: Omit<AuditQuery, "collapse"> = { limit: 3, ...(cursor === undefined ? {} : { cursor }) };
      const { entries, next_cursor } = await listAudit(query, ADMIN);
      seen.push(...entries.map((entry) => entry.action));
      cursor = next_cursor ?? undefined;
      await pool().query("INSERT INTO audit_entries (actor, action, subject) VALUES ('b', 'later', 'task')");
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual(Array.from({ length: 11 }, (_, i) => `n${i + 1}`).sort());
  });

  it("lists entries in the order in which they were written, also within one millisecond", async () => {
    await addSource("default");
    await pool().query(
      `INSERT INTO audit_entries (at, actor, action, subject, subject_id)
       SELECT '2026-01-02', 'user:ada@example.com', 'settings_changed', 'setting', n::text
         FROM generate_series(1, 12) n`,
    );
    const newestFirst = Array.from({ length: 12 }, (_, i) => String(12 - i));
    expect((await read({ q: "ada" })).map((entry) => entry.subject_id)).toEqual(newestFirst);
  });

  it("reads a page of a long history through its index", async () => {
    await pool().query(
      "INSERT INTO audit_entries (at, actor, action, subject) SELECT timestamptz '2026-01-01' + g * " +
        "interval '1 second', 'a', 'b', 'task' FROM generate_series(1, 20000) g",
    );
    await pool().query(
      `INSERT INTO runs (source, trigger, requested_by, outcome, started_at, finished_at, counts)
       SELECT 'default', 'watch', 'file', 'succeeded', t, t, '{}' FROM generate_series(1, 20000) g,
         LATERAL (SELECT timestamptz '2026-01-01' + g * interval '1 second' AS t) at`,
    );
    await pool().query(
      "INSERT INTO run_changes SELECT id, '1', 'update', false, false, true, '{}', '{}' FROM runs",
    );
    await pool().query("ANALYZE");
    const explained: string[] = [];
    for (const view of ["audit_direct", "audit_carried"]) {
      const { rows } = await pool().query<{ "QUERY PLAN": string }>(
        `EXPLAIN SELECT * FROM ${view} WHERE subject = ANY('{task,run}') ORDER BY at DESC, length(id) ` +
          `DESC, id COLLATE "C" DESC LIMIT 101`,
      );
      explained.push(...rows.map((row) => row["QUERY PLAN"]));
    }
    const plan = explained.join("\n");
    expect(plan).not.toMatch(/Seq Scan on (audit_entries|runs|run_changes)/);
  });
});

describe("the CSV", () => {
  it("has every entry for any size of a page, and no formula that a spreadsheet would run", async () => {
    await pool().query(
      "INSERT INTO audit_entries (at, actor, action, subject) SELECT '2026-01-01', 'a', 'n' || g, " +
        "'task' FROM generate_series(1, 1203) g",
    );
    for (const text of ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", '"quoted", and\nlong']) {
      await addAudit(pool(), { name: text }, { action: "x", subject: "task", subject_id: text });
    }
    const response = auditCsv(allAudit({}, ADMIN));
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const csv = await response.text();
    expect(csv.split("\r\n")).toHaveLength(1 + 1203 + 5 + 1);
    expect(csv).toContain(",'=HYPERLINK(1),");
    expect(csv).toContain('"""quoted"", and\nlong"');
    expect(csv).not.toMatch(/(^|,)"?[=+\-@]/m);
  });

  it("stops reading when the client goes away", async () => {
    await pool().query(
      "INSERT INTO audit_entries (at, actor, action, subject) SELECT '2026-01-01', 'a', 'b', 'task' " +
        "FROM generate_series(1, 1203) g",
    );
    const pages = allAudit({}, ADMIN);
    await auditCsv(pages).body?.cancel();
    expect(await pages.next()).toEqual({ value: undefined, done: true });
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { auditQuery } from "../../lib/protocol/audit-query.ts";
import { pool } from "../store/pool.ts";
import { listAudit } from "./audit.ts";
import { addSource } from "./testing/sample-rows.ts";
import { useDatabase } from "./testing/use-database.ts";

const database = useDatabase();
const ADMIN = { role: "admin" } as const;
const ENDED = "2026-01-03T00:00:00.000Z";
const read = async (given: Record<string, string>) =>
  (await listAudit(auditQuery.parse(given), ADMIN)).entries;

describe("the audit with the changes of runs in groups", () => {
  async function largeRun(tasks: number, actor: string | null = null): Promise<string> {
    const { rows } = await pool().query<{ id: string }>(
      `INSERT INTO runs (source, trigger, requested_by, outcome, started_at, finished_at, counts)
       VALUES ('default', 'watch', 'file', 'succeeded', $1, $1, '{}') RETURNING id`,
      [ENDED],
    );
    const run = rows[0]?.id ?? "";
    await pool().query(
      `INSERT INTO run_changes (run_id, task_id, action, merged, file_changed, database_changed, after, actor)
       SELECT $1, n::text, CASE n % 3 WHEN 0 THEN 'update' ELSE 'create' END, false, false, true, '{}', $3
         FROM generate_series(1, $2::int) n`,
      [run, tasks, actor],
    );
    return run;
  }
  async function pages(limit: number): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query = { limit: String(limit), collapse: "true", ...(cursor === null ? {} : { cursor }) };
      const page = await listAudit(auditQuery.parse(query), ADMIN);
      for (const { action, group, run_id } of page.entries)
        seen.push(group ? `${run_id} ${group.count}` : action);
      cursor = page.next_cursor;
    } while (cursor !== null);
    return seen;
  }

  beforeEach(async () => {
    await database.empty();
    await addSource("default");
    await pool().query(
      "INSERT INTO audit_entries (at, actor, action, subject) SELECT timestamptz '2026-01-03' + n * interval '1 minute', 'a', 'n' || n, 'task' FROM generate_series(-5, 5) n WHERE n <> 0",
    );
  });
  const around = ["n5", "n4", "n3", "n2", "n1"];
  const older = ["n-1", "n-2", "n-3", "n-4", "n-5"];

  it.each([1, 2, 3, 7, 50])("tells a run of 5 000 changes once, in pages of %i", async (limit) => {
    const run = await largeRun(5_000);
    expect(await pages(limit)).toEqual([...around, `${run} 5000`, ...older]);
  });

  it("keeps two runs that ended in the same millisecond apart, and shows small runs entry by entry", async () => {
    const runs = [await largeRun(700), await largeRun(600, "user:ada@example.com")];
    await largeRun(3);
    const seen = await pages(4);
    expect(seen.filter((each) => runs.some((run) => each.startsWith(run))).sort()).toEqual(
      [`${runs[0]} 700`, `${runs[1]} 600`].sort(),
    );
    expect(seen.filter((each) => each.startsWith("task_"))).toHaveLength(3);
    expect(seen.filter((each) => each.startsWith("n"))).toEqual([...around, ...older]);
  });

  it("counts by what was done, and only what the filter lets through", async () => {
    await largeRun(9);
    const [group] = await read({ collapse: "true", q: "task_created" });
    expect(group?.group).toEqual({ count: 6, created: 6, updated: 0, deleted: 0 });
    await expect(read({ collapse: "true", cursor: "nonsense" })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
});

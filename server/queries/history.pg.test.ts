import { beforeEach, describe, expect, it } from "vitest";
import { listConflictsQuery } from "../../lib/protocol/query.ts";
import { conflictSchema } from "../../lib/protocol/conflict.ts";
import { runDetailSchema } from "../../lib/protocol/run.ts";
import { pool } from "../store/pool.ts";
import { getConflict } from "./get-conflict.ts";
import { getRun, listRuns } from "./history.ts";
import { listConflicts } from "./list-conflicts.ts";
import { addConflict, addRun } from "./testing/sample-rows.ts";
import { useDatabase } from "./testing/use-database.ts";

const database = useDatabase();
beforeEach(() => database.empty());
const NO_ID = "00000000-0000-4000-8000-000000000000";

/** Reads a list page by page; `between` runs after each. */
async function walk<T>(
  page: (cursor: string | undefined) => Promise<{ items: T[]; next_cursor: string | null }>,
  between: () => Promise<unknown>,
): Promise<T[]> {
  const seen: T[] = [];
  let cursor: string | undefined;
  for (;;) {
    const { items, next_cursor } = await page(cursor);
    seen.push(...items);
    if (next_cursor === null) return seen;
    cursor = next_cursor;
    await between();
  }
}

describe("history", () => {
  it("lists runs from the newest to the oldest, also while new runs are added", async () => {
    const ids = [];
    for (let i = 0; i < 5; i += 1) ids.unshift(await addRun());
    const page = async (cursor: string | undefined) => {
      const { runs, next_cursor } = await listRuns({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      return { items: runs.map((run) => run.id), next_cursor };
    };
    expect(await walk(page, () => addRun())).toEqual(ids);
  });

  it("shows one run with each change field by field", async () => {
    const id = await addRun({ halt: JSON.stringify({ reason: "r", plan_hash: "h", deletions: [] }) });
    await pool().query(
      `INSERT INTO run_changes VALUES ($1, '1', 'update', false, true, false,
         '{"status":"active","params":{"a":1,"b":2}}', '{"status":"active","params":{"a":1,"b":3,"c.d":4}}'),
         ($1, '2', 'delete', false, false, true, '{"status":"active"}', NULL)`,
      [id],
    );
    const detail = await getRun(id.toUpperCase());
    expect(runDetailSchema.safeParse(detail).error).toBeUndefined();
    expect(detail.run).toMatchObject({ id, halt: { plan_hash: "h" }, counts: { updated: 1 } });
    expect(detail.changes).toMatchObject([
      {
        task_id: "1",
        file: true,
        database: false,
        diff: [
          { field: "params.b", before: 2, after: 3 },
          { field: "params.c\\.d", after: 4 },
        ],
      },
      { task_id: "2", after: null, diff: [{ field: "status", before: "active" }] },
    ]);
  });

  it("shows a large run page by page", async () => {
    const id = await addRun();
    await pool().query(
      "INSERT INTO run_changes SELECT $1, g::text, 'create', false, false, true, NULL, '{}' FROM " +
        "generate_series(1, 7) g",
      [id],
    );
    const page = async (cursor: string | undefined) => {
      const { changes, total, next_cursor } = await getRun(id, { limit: 3, cursor });
      expect(total).toBe(7);
      return { items: changes.map((change) => change.task_id), next_cursor };
    };
    expect(await walk(page, async () => undefined)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    expect(await getRun(id)).toMatchObject({ changes: { length: 7 }, next_cursor: null });
    const other = await addRun();
    const { next_cursor } = await getRun(id, { limit: 3 });
    await expect(getRun(other, { limit: 3, cursor: next_cursor ?? "" })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it.each([NO_ID, "1", "x'"])("finds no run %j", async (id) => {
    await expect(getRun(id)).rejects.toMatchObject({ code: "not_found" });
    await expect(getConflict(id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("conflicts", () => {
  const list = async (given: object) => {
    const { conflicts, total } = await listConflicts({ ...listConflictsQuery.parse({}), ...given });
    return [total, conflicts.map((conflict) => conflict.task_id)];
  };

  it("shows waiting conflicts, oldest first, by default", async () => {
    await addConflict({ task_id: "1" });
    await addConflict({ task_id: "2", state: "closed" });
    await addConflict({ task_id: "3", source: "other" });
    expect(await list({})).toEqual([2, ["1", "3"]]);
    expect(await list({ state: "closed" })).toEqual([1, ["2"]]);
    expect(await list({ state: "all" })).toEqual([3, ["1", "2", "3"]]);
    expect(await list({ source: "other" })).toEqual([1, ["3"]]);
    expect(await list({ task_id: "1" })).toEqual([1, ["1"]]);
  });

  it("pages", async () => {
    for (const task_id of ["1", "2", "3"]) await addConflict({ task_id });
    const page = async (cursor: string | undefined) => {
      const given = {
        ...listConflictsQuery.parse({}),
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      };
      const { conflicts, next_cursor } = await listConflicts(given);
      return { items: conflicts.map((conflict) => conflict.task_id), next_cursor };
    };
    expect(await walk(page, async () => undefined)).toEqual(["1", "2", "3"]);
  });

  it("that are closed are listed with the last closed first, page by page", async () => {
    await addConflict({ task_id: "open" });
    const ends = {
      "1": "2026-01-03T00:00:00Z",
      "2": "2026-01-01T00:00:00Z",
      "3": "2026-01-02T00:00:00Z",
      "4": "2026-01-02T00:00:00Z",
    };
    for (const [task_id, closed_at] of Object.entries(ends))
      await addConflict({ task_id, closed_at, state: task_id === "2" ? "closed" : "resolved" });
    const page = async (cursor: string | undefined) => {
      const given = {
        ...listConflictsQuery.parse({ state: "over" }),
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      };
      const { conflicts, total, next_cursor } = await listConflicts(given);
      expect(total).toBe(4);
      return { items: conflicts.map((conflict) => conflict.task_id), next_cursor };
    };
    expect(await walk(page, async () => undefined)).toEqual(["1", "4", "3", "2"]);
    const { next_cursor } = await listConflicts({ ...listConflictsQuery.parse({ state: "over" }), limit: 1 });
    await expect(
      listConflicts({ ...listConflictsQuery.parse({}), cursor: next_cursor ?? "" }),
    ).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("has the contract's shape", async () => {
    const id = await addConflict({
      task_id: "1",
      kind: "delete_modify",
      db_data: JSON.stringify({ id: 1, status: "active" }),
      db_updated_at: "2026-01-01T00:00:00Z",
      db_updated_by: "sql:ada",
    });
    const conflict = await getConflict(id);
    expect(conflictSchema.safeParse(conflict).error).toBeUndefined();
    expect(conflict).toMatchObject({
      conflict_id: id,
      task_id: "1",
      kind: "delete_modify",
      fields: ["status"],
      conflict_reason: "both changed",
      revision: "r1",
      ancestor: null,
      yaml_data: null,
      db_data: { id: 1, status: "active" },
      yaml_updated_at: null,
      db_updated_at: "2026-01-01T00:00:00.000Z",
    });
  });
});

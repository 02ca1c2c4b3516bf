import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type ListTasksQuery, listTasksQuery, TASK_SORTS } from "../../lib/protocol/query.ts";
import { pool } from "../store/pool.ts";
import { listTasks } from "./list-tasks.ts";
import { addTask } from "./testing/sample-rows.ts";
import { useDatabase } from "./testing/use-database.ts";

const database = useDatabase();
beforeEach(() => database.empty());

const query = (given: Partial<ListTasksQuery>): ListTasksQuery => ({ ...listTasksQuery.parse({}), ...given });
const idsOf = (page: { tasks: { id: string | number; source: string }[] }) =>
  page.tasks.map((task) => task.id);

/** Reads every page, and runs `between` after each. */
async function walk(
  given: Partial<ListTasksQuery>,
  between: (page: number) => Promise<void> = async () => undefined,
) {
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; ; page += 1) {
    const list = await listTasks(query({ ...given, ...(cursor === undefined ? {} : { cursor }) }));
    seen.push(...list.tasks.map((task) => `${task.source}/${task.id}`));
    if (list.next_cursor === null) return seen;
    cursor = list.next_cursor;
    await between(page);
  }
}

describe("order", () => {
  it("puts integers first, by value, then slugs", async () => {
    for (const id of ["b", "10", "2", "007", "0", "a-2", "B", "100000000000000000000"]) await addTask({ id });
    const ids = [0, 2, 10, "100000000000000000000", "007", "B", "a-2", "b"];
    expect(idsOf(await listTasks(query({})))).toEqual(ids);
    expect(idsOf(await listTasks(query({ sort: "-id" })))).toEqual([...ids].reverse());
  });

  it("puts tasks without a time last, both ways", async () => {
    await addTask({ id: "1" });
    await addTask({ id: "2", next_run_at: "2026-02-01T00:00:00Z" });
    await addTask({ id: "3", next_run_at: "2026-01-01T00:00:00Z" });
    await addTask({ id: "4", next_run_at: "infinity" });
    await addTask({ id: "5", next_run_at: "-infinity" });
    expect(idsOf(await listTasks(query({ sort: "next_run_at" })))).toEqual([3, 2, 1, 4, 5]);
    expect(idsOf(await listTasks(query({ sort: "-next_run_at" })))).toEqual([2, 3, 5, 4, 1]);
  });
});

describe("paging", () => {
  it("reads every task exactly once in every order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.record({
            source: fc.constantFrom("default", "other"),
            id: fc.oneof(fc.nat(2000).map(String), fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,3}$/)),
            skill_name: fc.constantFrom("a", "b", "B", "ü"),
            status: fc.constantFrom("pending", "active"),
            next_run_at: fc.constantFrom(
              null,
              "infinity",
              "2026-01-01T00:00:00.001Z",
              "2026-01-01T00:00:00.002Z",
            ),
          }),
          { selector: (row) => `${row.source}/${row.id}`, maxLength: 12 },
        ),
        fc.integer({ min: 1, max: 5 }),
        async (rows, limit) => {
          await database.empty();
          for (const row of rows) await addTask(row);
          const all = rows.map((row) => `${row.source}/${row.id}`).sort();
          for (const sort of TASK_SORTS.flatMap((name) => [name, `-${name}`] as const)) {
            const seen = await walk({ sort, limit });
            expect([...seen].sort(), sort).toEqual(all);
            expect(seen, sort).toEqual(await walk({ sort, limit: 500 }));
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it("neither skips nor repeats while tasks are inserted and deleted around it", async () => {
    for (let id = 10; id < 30; id += 1) await addTask({ id: String(id) });
    const seen = await walk({ limit: 4 }, async (page) => {
      await addTask({ id: String(page) });
      await addTask({ id: String(100 + page) });
      await pool().query("DELETE FROM tasks WHERE id = $1", [String(10 + page * 4)]);
    });
    for (let id = 10; id < 30; id += 1)
      expect(seen.filter((each) => each === `default/${id}`)).toHaveLength(1);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("counts all matching tasks on every page", async () => {
    for (const id of ["1", "2", "3"]) await addTask({ id, status: id === "2" ? "paused" : "active" });
    const first = await listTasks(query({ limit: 1, status: ["active"] }));
    expect([first.total, idsOf(first)]).toEqual([2, [1]]);
    const second = await listTasks(query({ limit: 1, status: ["active"], cursor: first.next_cursor ?? "" }));
    expect([second.total, idsOf(second), second.next_cursor]).toEqual([2, [3], null]);
  });

  it("refuses the cursor of another order, and any other text", async () => {
    for (const id of ["1", "2"]) await addTask({ id });
    const { next_cursor } = await listTasks(query({ limit: 1 }));
    const forge = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const [sort, cursor] of [
      ["-id", next_cursor ?? ""],
      ["id", "nonsense"],
      ["id", forge(["tasks:id", null, "1"])],
      ["id", forge(["tasks:id", null, "\0", "default"])],
      ["updated_at", forge(["tasks:updated_at", "no time", "1", "default"])],
    ] as const) {
      await expect(listTasks(query({ sort, cursor })), cursor).rejects.toMatchObject({
        code: "invalid_request",
      });
    }
  });
});

describe("filters", () => {
  it("looks for text in id, skill and description, without wildcards", async () => {
    await addTask({ id: "disk_check" });
    await addTask({ id: "diskxcheck" });
    await addTask({ id: "3", skill_name: "100% Report" });
    await addTask({ id: "4", description: "back\\slash and DISK_usage" });
    const found = async (q: string) => idsOf(await listTasks(query({ q })));
    expect(await found("disk_")).toEqual([4, "disk_check"]);
    expect(await found("0%")).toEqual([3]);
    expect(await found("K\\S")).toEqual([4]);
    expect(await found("report")).toEqual([3]);
    expect(await found("'; DROP TABLE tasks; --")).toEqual([]);
  });

  it("lists only the tasks of the named source", async () => {
    await addTask({ id: "1" });
    await addTask({ id: "1", source: "other" });
    expect((await listTasks(query({ source: "other" }))).tasks).toMatchObject([{ id: 1, source: "other" }]);
    expect((await listTasks(query({}))).total).toBe(2);
  });
});

describe("comparison", () => {
  it("says for each task whether both sides agree, why they do not, and who changed the row", async () => {
    for (const id of ["1", "2", "3", "4"]) await addTask({ id });
    await pool().query("DELETE FROM task_edits");
    await pool().query(
      "INSERT INTO pending_tasks (source, task_id, reason) VALUES ('default', '2', 'held'), ('other', " +
        "'1', 'held')",
    );
    await pool().query("INSERT INTO task_edits (source, task_id, actor) VALUES ('default', '3', 'ada')");
    await pool().query(
      "INSERT INTO conflicts (source, task_id, kind, fields, reason, revision) VALUES ('default', '4', " +
        "'modify_modify', '{}', 'r', 'x')",
    );
    const { tasks, standing } = await listTasks(query({}));
    const of = (id: string) => standing[tasks.findIndex((task) => String(task.id) === id)];
    expect(of("1")).toMatchObject({ sync: "synced", reason: null });
    expect(of("2")).toMatchObject({ sync: "pending", reason: "held" });
    expect(of("3")).toMatchObject({ sync: "pending", reason: null });
    expect(of("4")).toMatchObject({ sync: "conflict" });
    expect(of("1")?.changed_by).toMatch(/^sql:/);
    expect(Date.parse(of("1")?.changed_at ?? "")).not.toBeNaN();

    await pool().query("INSERT INTO task_edits (source, task_id, actor) VALUES ('default', NULL, 'ada')");
    expect((await listTasks(query({}))).standing.map((each) => each.sync)).toEqual([
      "pending",
      "pending",
      "pending",
      "conflict",
    ]);
  });

  it(
    "names the file when a run carried its edit, but not when the run only computed the next time after " +
      "another edit",
    async () => {
      await addTask({ id: "1" });
      const asRun = async (change: string) => {
        const client = await pool().connect();
        await client.query(`BEGIN; SET LOCAL lockstep.writer = 'run'; UPDATE tasks SET ${change}; COMMIT`);
        client.release();
        return (await listTasks(query({}))).standing[0]?.changed_by;
      };
      expect(await asRun("updated_by = 'file', next_run_at = '2026-01-01T00:00:00Z'")).toMatch(/^sql:/);
      expect(await asRun("updated_by = 'file', status = 'paused'")).toBe("file");
      expect(await asRun("updated_by = 'user:ada@example.com', status = 'active'")).toBe(
        "user:ada@example.com",
      );
    },
  );
});

it("finds tasks by id", async () => {
  for (const id of ["1", "2", "a"]) await addTask({ id });
  const page = await listTasks(query(listTasksQuery.parse({ id: "a,2,nothing" })));
  expect([idsOf(page), page.total]).toEqual([[2, "a"], 2]);
});

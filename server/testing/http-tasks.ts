import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { Control } from "../../examples/upstream/control.ts";
import type { Item } from "../../examples/upstream/world.ts";
import { listConflictsQuery } from "../../lib/protocol/query.ts";
import { requestRun } from "../commands/request-run.ts";
import { type RunningUpstream, startUpstream } from "../endpoints/over-http/testing/upstream.ts";
import { tasksYaml } from "../endpoints/http-tasks/testing/tasks-upstream.ts";
import { getRun } from "../queries/history.ts";
import { listConflicts } from "../queries/list-conflicts.ts";
import { ADA } from "./commands.ts";
import { type ManySources, startManySources } from "./many-sources.ts";
import { waitFor } from "./wait-for.ts";

/** Two tasks of the example, in its own words. */
const ITEMS: Item[] = [1, 2].map((number) => ({
  id: `t${number}`,
  number,
  name: `skill ${number}`,
  cron: `0 ${number} * * *`,
  about: `About ${number}`,
  state: "on",
  meta: { budget: number * 100, owner: "erp" },
  updated_at: "2026-03-01T12:00:00.000Z",
}));

/** The example upstream as a process, and a database with a source of its tasks, for each test of a file. */
export function useHttpTasks() {
  let upstream: RunningUpstream;
  let many: ManySources;
  beforeAll(async () => {
    upstream = await startUpstream();
  });
  afterAll(() => upstream.stop());
  beforeEach(async () => {
    await upstream.control({ reset: { tasks: 0 } });
    await upstream.control({ put: { tasks: ITEMS } });
    many = await startManySources(tasksYaml(upstream.url), {});
  });
  afterEach(() => many.stop());

  const items = async () => (await upstream.control()).world["tasks"] ?? [];
  const sql: ManySources["sql"] = (text, values) => many.sql(text, values);
  return {
    many: () => many,
    upstream: () => upstream,
    sql,
    /** Starts a worker that runs only when a test asks for it, and imports the tasks. */
    start: async (more = "") => {
      await many.list(tasksYaml(upstream.url, more));
      await many.start({ AUTO_SYNC_ENABLED: "false" });
      await requestRun({}, { actor: ADA, trigger: "manual" });
    },
    control: (body: Control) => upstream.control(body),
    /** Changes a task as a person does there. */
    put: (...changed: (Partial<Item> & { id: string })[]) => upstream.control({ put: { tasks: changed } }),
    remove: (...ids: string[]) => upstream.control({ remove: { tasks: ids } }),
    items,
    item: async (id: string) => (await items()).find((item) => item.id === id),
    row: async (id: number | string) =>
      (await many.sql<Record<string, unknown>>("SELECT * FROM tasks WHERE id = $1", [String(id)]))[0],
    rows: async () =>
      (await many.sql<{ id: string }>("SELECT id FROM tasks ORDER BY id")).map(({ id }) => id),
    /** A run that a person asks for, with its problems. */
    run: async (body: Parameters<typeof requestRun>[0] = {}) => {
      const run = await requestRun(body, { actor: ADA, trigger: "manual" });
      return getRun(run.id);
    },
    /** The requests that changed something during the work, as `PATCH /tasks/t1`. */
    writesDuring: async (work: () => Promise<unknown>) => {
      const before = (await upstream.requests()).length;
      await work();
      return (await upstream.requests()).slice(before).filter((line) => !line.startsWith("GET"));
    },
    onlyConflict: async () => {
      const { conflicts } = await listConflicts(listConflictsQuery.parse({}));
      const [only] = conflicts;
      if (!only || conflicts.length > 1) throw new Error(`${conflicts.length} conflicts`);
      return only;
    },
    pending: async () =>
      Object.fromEntries(
        (
          await many.sql<{ task_id: string; reason: string }>("SELECT task_id, reason FROM pending_tasks")
        ).map(({ task_id, reason }) => [task_id, reason]),
      ),
    /** Both sides say the same of every task, and nothing is left to do. */
    expectInStep: async () => {
      const rows = await many.sql<Record<string, unknown>>("SELECT * FROM tasks ORDER BY id");
      const said = rows.map(({ id, skill_name, schedule_cron, description, status, params }) => [
        ...[id, skill_name, schedule_cron, description, status === "active"],
        (params as { budget?: number }).budget,
      ]);
      const theirs = (await items()).map(({ number, name, cron, about = null, state, meta }) => [
        ...[String(number), name, cron, about, state === "on"],
        (meta as { budget?: number } | undefined)?.budget,
      ]);
      expect(said).toEqual(theirs.sort((a, b) => String(a[0]).localeCompare(String(b[0]))));
      const left = await many.sql(
        `SELECT 'pending' AS what FROM pending_tasks UNION ALL SELECT 'intent' FROM file_intents
         UNION ALL SELECT 'edit' FROM task_edits UNION ALL SELECT 'conflict' FROM conflicts WHERE state = 'pending'`,
      );
      expect(left).toEqual([]);
    },
    until: (what: string, holds: () => Promise<boolean>) => waitFor(holds, { what }),
  };
}

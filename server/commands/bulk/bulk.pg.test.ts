import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BulkActionJson, BulkBody } from "../../../lib/protocol/bulk.ts";
import { taskEtag } from "../../../lib/protocol/etag.ts";
import type { BulkKind } from "../../../lib/task/bulk-kinds.ts";
import { getBulkAction, listBulkActions, previewBulkUndo } from "../../queries/bulk-actions.ts";
import { getTask } from "../../queries/get-task.ts";
import { ADA, letGo, pointAt, startTestWorker } from "../../testing/commands.ts";
import { manyTasks } from "../../testing/many-tasks.ts";
import { startTestSource, type TestSource } from "../../testing/test-source.ts";
import { waitFor } from "../../testing/wait-for.ts";
import type { RunningWorker } from "../../worker/start-worker.ts";
import { patchTask } from "../edit-task.ts";
import { startBulk, stopBulk } from "./start-bulk.ts";
import { undoBulk } from "./undo-bulk.ts";

let source: TestSource;
let worker: RunningWorker | undefined;
const asAda = { actor: ADA };
const asBob = { actor: { name: "bob", role: "editor", kind: "user" } as const };

const begin = async (yaml: string) => {
  source = await startTestSource({ yaml });
  pointAt(source);
};
const work = async () => {
  worker = await startTestWorker(source, { AUTO_SYNC_ENABLED: "false" });
};
beforeEach(() => begin(manyTasks(12)));
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await letGo();
  await source.stop();
});

/** Starts the action and waits for its end. */
async function over(body: BulkBody, asked: Parameters<typeof startBulk>[1] = asAda): Promise<BulkActionJson> {
  const { bulk_action } = await startBulk(body, asked);
  return waitFor(
    async () => {
      const now = await getBulkAction(bulk_action.id);
      return now.state === "running" ? undefined : now;
    },
    { what: "the end of the bulk action" },
  );
}

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i }));

/** One task in each state that an action meets, and what each action makes of it. */
const STATES: Record<string, { prepare?: string; expected: Record<BulkKind, string> }> = {
  "1": { expected: { pause: "changed", resume: "unchanged", delete: "changed" } },
  "2": {
    prepare: "UPDATE tasks SET status = 'paused' WHERE id = '2'",
    expected: { pause: "unchanged", resume: "changed", delete: "changed" },
  },
  "3": { expected: { pause: "conflict", resume: "conflict", delete: "conflict" } },
  "4": { expected: { pause: "held", resume: "held", delete: "held" } },
  "5": {
    prepare: "UPDATE tasks SET status = 'failed', schedule_cron = 'never' WHERE id = '5'",
    expected: { pause: "held", resume: "held", delete: "held" },
  },
  "6": {
    prepare: "UPDATE tasks SET status = 'failed', skill_name = 'keep-me' WHERE id = '6'",
    expected: { pause: "refused", resume: "refused", delete: "refused" },
  },
  "99": { expected: { pause: "gone", resume: "gone", delete: "gone" } },
};

describe("an action on many tasks", () => {
  it("waits a moment for a row that is held, and leaves it out where that goes on", async () => {
    await source.run();
    const session = await source.pool.connect();
    try {
      const hold = (id: string) => session.query("SELECT FROM tasks WHERE id = $1 FOR UPDATE", [id]);
      await session.query("BEGIN");
      await hold("3");
      await session.query("SAVEPOINT brief");
      await hold("2");
      // PostgreSQL itself frees the row of task 2 after a moment, however busy this process is.
      const freed = session.query("SELECT pg_sleep(0.2); ROLLBACK TO SAVEPOINT brief");
      const ended = over({ action: "pause", tasks: ids(1, 4).map((each) => ({ ...each, etag: undefined })) });
      await freed;
      const { changed, left_out } = await ended;
      expect({ changed, left: left_out.map(({ task_id, reason }) => [task_id, reason]) }).toEqual({
        changed: 3,
        left: [["3", "busy"]],
      });
    } finally {
      // It ends the transaction too.
      session.release(true);
    }
  });

  it.each(["pause", "resume", "delete"] as const)(
    "%s leaves out what it must not touch, and says why",
    async (action) => {
      await source.edit("description: Task 3.", "description: From the file");
      await source.edit("15 4 * * *", "never");
      await source.sql("UPDATE tasks SET description = 'From SQL' WHERE id = '3'");
      for (const { prepare } of Object.values(STATES)) if (prepare !== undefined) await source.sql(prepare);
      await source.run();
      await source.sql(`CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.skill_name = 'keep-me' THEN RAISE EXCEPTION 'it is kept'; END IF; RETURN coalesce(NEW, OLD); END $$;
      CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON tasks FOR EACH ROW EXECUTE FUNCTION keep()`);
      await work();
      const seen = taskEtag((await getTask("7", undefined)).task);
      await source.sql("UPDATE tasks SET description = 'changed since', status = 'failed' WHERE id = '7'");
      const tasks = [...Object.keys(STATES).map((id) => ({ id })), { id: 7, etag: seen }];
      const result = await over({ action, tasks });
      const named = Object.fromEntries(result.left_out.map(({ task_id, reason }) => [task_id, reason]));
      const wanted = Object.entries(STATES).map(([id, { expected }]) => [id, expected[action]] as const);
      expect(named).toEqual(
        Object.fromEntries([...wanted.filter(([, what]) => !/changed$/.test(what)), ["7", "changed"]]),
      );
      const count = (what: string) => wanted.filter(([, each]) => each === what).length;
      expect(result).toMatchObject({
        state: "finished",
        total: 8,
        done: 8,
        changed: count("changed"),
        unchanged: count("unchanged"),
      });
      const changed = wanted.filter(([, what]) => what === "changed").map(([id]) => id);
      expect(
        await source.sql("SELECT DISTINCT actor FROM audit_entries WHERE subject = 'task' AND actor = 'ada'"),
      ).toHaveLength(1);
      for (const id of changed) {
        const after = action === "delete" ? undefined : action === "pause" ? "paused" : "active";
        expect((await source.row(id))?.["status"]).toBe(after);
      }
      expect((await source.row(3))?.["status"]).toBe("active");
    },
  );

  it("is one request and one run, and its undo gives the file back byte by byte", async () => {
    await work();
    const [file, runs] = [await source.read(), (await source.sql("SELECT id FROM runs")).length];
    const result = await over({ action: "delete", tasks: ids(2, 6) });
    expect(result).toMatchObject({
      changed: 5,
      sources: [{ source: "default", outcome: "succeeded", waits: null }],
    });
    expect(await source.sql("SELECT id FROM runs")).toHaveLength(runs + 1);
    expect(await source.read()).not.toContain("id: 4\n");
    await patchTask("7", { description: "another's" }, { ...asAda, wait: true });
    expect(await previewBulkUndo(result.id)).toEqual({
      put_back: 5,
      edited_since: [],
      edited_since_total: 0,
    });
    expect(await undoBulk(result.id, asAda)).toMatchObject({ put_back: 5, failures: [], conflicts: 0 });
    expect(await source.read()).toBe(file.replace("Task 7.", "another's"));
    await source.expectInStep();
    await expect(undoBulk(result.id, asAda)).rejects.toMatchObject({ code: "not_undoable" });
    expect((await listBulkActions(5)).bulk_actions).toMatchObject([{ id: result.id, undone_by: "ada" }]);
  });

  it("leaves what was edited since alone when it is undone, and names it", async () => {
    await work();
    const { id } = await over({ action: "pause", tasks: ids(1, 3) });
    await patchTask("2", { status: "failed" }, { ...asAda, wait: true });
    const expected = {
      put_back: 2,
      edited_since: [{ source: "default", task_id: "2" }],
      edited_since_total: 1,
    };
    expect(await previewBulkUndo(id)).toEqual(expected);
    expect(await undoBulk(id, asAda)).toMatchObject(expected);
    expect([(await source.row(1))?.["status"], (await source.row(2))?.["status"]]).toEqual([
      "active",
      "failed",
    ]);
    await source.expectInStep();
  });

  it("is halted by the guard like any other, and can be undone then", async () => {
    await work();
    const file = await source.read();
    const result = await over({ action: "delete", tasks: ids(1, 11) });
    expect(result.sources).toMatchObject([
      { outcome: "halted", waits: expect.stringContaining("11 of 12 tasks in the file") as unknown },
    ]);
    expect(await undoBulk(result.id, asAda)).toMatchObject({ put_back: 11, failures: [] });
    await source.run();
    expect(await source.read()).toBe(file);
    await source.expectInStep();
  });

  it("is undone and stopped by its own person or an admin only", async () => {
    await work();
    const { id } = await over({ action: "pause", tasks: ids(1, 2) });
    await expect(undoBulk(id, asBob)).rejects.toMatchObject({ code: "forbidden" });
    await expect(stopBulk(id, asBob)).rejects.toMatchObject({ code: "forbidden" });
    const own = await over({ action: "pause", tasks: ids(3, 4) }, asBob);
    expect(await undoBulk(own.id, asBob)).toMatchObject({ put_back: 2 });
  });

  it("says that it waits where no worker runs", async () => {
    expect(await over({ action: "pause", tasks: ids(1, 2) })).toMatchObject({
      state: "finished",
      changed: 2,
      sources: [{ run_id: null, waits: "No run has carried it yet" }],
    });
  });

  it("refuses a source that there is not, and changes nothing", async () => {
    const before = await source.everything();
    await expect(
      startBulk({ action: "delete", tasks: [{ id: 1 }, { id: 2, source: "nowhere" }] }, asAda),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await source.everything()).toEqual(before);
    expect((await listBulkActions(5)).bulk_actions).toEqual([]);
  });
});

it("an action that is stopped leaves done what is done, and says how many", async () => {
  await letGo();
  await source.stop();
  await begin(manyTasks(2_000));
  await work();
  const { bulk_action } = await startBulk({ action: "pause", tasks: ids(1, 2_000) }, asAda);
  await stopBulk(bulk_action.id, asAda);
  const result = await waitFor(
    async () => {
      const now = await getBulkAction(bulk_action.id);
      return now.state === "running" ? undefined : now;
    },
    { what: "its end" },
  );
  expect(result.state).toBe("stopped");
  expect(result.changed).toBeLessThan(2_000);
  expect(await source.sql("SELECT id FROM tasks WHERE status = 'paused'")).toHaveLength(result.changed);
  await source.expectInStep();
});

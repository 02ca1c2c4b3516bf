import { describe, expect, it } from "vitest";
import { createTask } from "../commands/edit-task.ts";
import { listRuns } from "../queries/history.ts";
import { ADA } from "../testing/commands.ts";
import { useHttpTasks } from "../testing/http-tasks.ts";
import { startWorkerProcess } from "../testing/processes.ts";

const t = useHttpTasks();

const startProcess = async () => {
  const worker = await startWorkerProcess(t.many().base, t.many().settings() as Record<string, string>);
  await t.many().settled();
  return worker;
};

/**
 * Has a worker process carry the edit, kills it (SIGKILL) when the other system has made the change and its answer is on the
 * way, and lets another worker go on.
 * @returns the changing requests after the kill.
 */
async function killedAt(request: string, edit: string, made: () => Promise<boolean>): Promise<string[]> {
  const first = await startProcess();
  await t.control({ faults: [{ on: request, latency_ms: 60_000 }] });
  await t.sql(edit);
  await t.until(`${request} to be made`, made);
  await first.kill();
  await t.control({ faults: [] });
  return t.writesDuring(async () => {
    const second = await startProcess();
    await t.until("both sides to be in step", () => t.expectInStep().then(() => true));
    await second.stop();
  });
}

describe("a worker that is killed between a write of the other system and its own commit", () => {
  it("has updated the task once", async () => {
    const writes = await killedAt(
      "PATCH /tasks/t1",
      "UPDATE tasks SET description = 'Ours' WHERE id = '1'",
      async () => (await t.item("t1"))?.["about"] === "Ours",
    );
    expect([writes, (await t.row(1))?.["description"]]).toEqual([[], "Ours"]);
    // The history tells of the edit once, as what the run that was killed has done.
    const { runs } = await listRuns({ limit: 10 });
    expect(runs.map(({ counts }) => counts.updated).filter((updated) => updated > 0)).toEqual([1]);
  });

  it("has created the task once", async () => {
    const writes = await killedAt(
      "POST",
      "INSERT INTO tasks (source, id, skill_name, schedule_cron, status) VALUES ('erp', '3', 'new', '0 3 * * *', 'active')",
      async () => (await t.items()).length === 3,
    );
    expect([writes, (await t.items()).length, await t.rows()]).toEqual([[], 3, ["1", "2", "3"]]);
  });

  it("has deleted the task, which does not come back", async () => {
    const writes = await killedAt(
      "DELETE /tasks/t1",
      "DELETE FROM tasks WHERE id = '1'",
      async () => (await t.item("t1")) === undefined,
    );
    expect([writes, await t.rows()]).toEqual([[], ["2"]]);
  });

  it("has written one of two tasks, and the other one is written by the next", async () => {
    const writes = await killedAt(
      "PATCH /tasks/t1",
      "UPDATE tasks SET description = 'Ours'",
      async () => (await t.item("t1"))?.["about"] === "Ours" && (await t.item("t2"))?.["about"] === "Ours",
    );
    expect(writes).toEqual([]);
  });

  it("has merged both sides, and an edit since then is merged too", async () => {
    const first = await startProcess();
    await t.control({ faults: [{ on: "PATCH /tasks/t1", latency_ms: 60_000 }] });
    await t.put({ id: "t1", name: "their skill" });
    await t.sql("UPDATE tasks SET description = 'Ours' WHERE id = '1'");
    await t.until("the PATCH to be made", async () => (await t.item("t1"))?.["about"] === "Ours");
    await first.kill();
    await t.control({ faults: [] });
    await t.put({ id: "t1", cron: "5 5 * * *" });
    const second = await startProcess();
    await t.until("both sides to be in step", () => t.expectInStep().then(() => true));
    await second.stop();
    expect(await t.row(1)).toMatchObject({
      skill_name: "their skill",
      description: "Ours",
      schedule_cron: "5 5 * * *",
    });
  });
});

it("a creation whose answer breaks off is found again, and not made twice", async () => {
  await t.start();
  await t.control({ faults: [{ on: "POST", body: "broken", times: 1 }] });
  const task = { id: 3, skill_name: "new", schedule_cron: "0 3 * * *", status: "active" };
  await createTask(task, { actor: ADA, wait: true });
  await t.run();
  expect((await t.items()).filter(({ number }) => number === 3)).toHaveLength(1);
  await t.expectInStep();
});

import { expect } from "@playwright/test";
import { createEmptyDatabase } from "./support/database.ts";
import { overSocketIo, overWebSocket } from "./support/events.ts";
import { expectInStep, isSynced, tasksInFile } from "./support/in-step.ts";
import { Lockstep } from "./support/lockstep.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

const TASKS = 20;
const schedule = `tasks:\n${Array.from({ length: TASKS }, (_, i) => `  - id: ${i + 1}\n    skill_name: s${i + 1}\n    schedule_cron: "0 1 * * *"\n    params:\n      n: 0\n`).join("")}`;

let processes: Lockstep[] = [];

test.afterAll(async () => {
  for (const each of processes) await each.stop();
});

test("with two web and two worker processes on one PostgreSQL, every edit arrives once, also when a process dies", async () => {
  test.setTimeout(180_000);
  const settings = {
    DATABASE_URL: await createEmptyDatabase(),
    AUTH_SECRET: "9a4e7d10c6b2f8535e0d91ab47c36f82",
  };
  const worker = await Lockstep.start({ ...settings, ROLE: "worker" }, schedule);
  processes = [worker];
  const worker2 = await worker.beside({ ROLE: "worker" });
  const web = await worker.beside({ ROLE: "web" });
  const web2 = await worker.beside({ ROLE: "web" });
  processes = [worker2, web, web2, worker];
  const webs = [web, web2];
  const listeners = await Promise.all([overWebSocket(web), overSocketIo(web2)]);

  const edit = (id: number, n: number) =>
    (webs[id % 2] as Lockstep).call("PATCH /api/tasks/:id", {
      params: { id: String(id) },
      body: { params: { n } },
    });
  const all = (n: number) => Promise.all(Array.from({ length: TASKS }, (_, i) => edit(i + 1, n)));
  const values = () => Object.values(tasksInFile(web)).map((task) => (task.params as { n: number }).n);

  for (const answer of await all(1)) expect(answer.body.sync).toEqual({ state: "synced" });
  expect(values()).toEqual(Array(TASKS).fill(1));
  await expectInStep(web);
  for (const { heard } of listeners) {
    await until(
      "clients of both web processes heard of all",
      () =>
        new Set(heard.flatMap((each) => (each.event === "tasks_changed" ? (each["ids"] as string[]) : [])))
          .size === TASKS,
    );
  }

  // A worker dies in the middle of a burst of edits, and the other worker takes over its work.
  const burst = all(2);
  await worker2.kill9();
  for (const answer of await burst) expect(answer.status).toBe(200);
  await until("the other worker has carried everything", () => isSynced(web), 30_000);
  expect(values()).toEqual(Array(TASKS).fill(2));
  await expectInStep(web2);

  // Without any worker, the edit is kept, the answer says so, and the next worker carries it.
  await worker.kill9();
  const alone = await web.call("PATCH /api/tasks/:id", { params: { id: "1" }, body: { params: { n: 3 } } });
  expect(alone.body.sync).toEqual({ state: "pending", reason: "no worker is running" });
  await worker2.up();
  await until("a new worker has carried it", () => isSynced(web), 30_000);
  expect(values()[0]).toBe(3);
  for (const listener of listeners) listener.close();
});

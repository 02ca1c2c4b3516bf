import { expect } from "@playwright/test";
import { expectInStep, isSynced, tasksInFile } from "./support/in-step.ts";
import { Lockstep, OWN_POSTGRES } from "./support/lockstep.ts";
import { numbers } from "./support/random.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

function schedule(tasks: number): string {
  const items = Array.from(
    { length: tasks },
    (_, i) =>
      `  # task ${i + 1}\n  - id: ${i + 1}\n    skill_name: skill-${i + 1}\n    schedule_cron: "0 ${i % 24} * * *"\n    params:\n      file: 0\n      api: 0\n      sql: 0\n`,
  );
  return `# kept\ntasks:\n${items.join("\n")}`;
}

test("a server that is killed at any moment under edits from all sides converges and loses no edit", async () => {
  test.setTimeout(180_000);
  const TASKS = 12;
  const lockstep = await Lockstep.start(OWN_POSTGRES, schedule(TASKS));
  const random = numbers(7);
  const wanted = new Map<string, number>();
  let counter = 0;
  try {
    for (let round = 0; round < 4; round++) {
      // Each way of editing has its own field, so every edit that was accepted must be there in the end.
      const edits: Promise<unknown>[] = [];
      for (let i = 0; i < 12; i++) {
        // Each edit of a round has its own task, so the values of a field only grow.
        const id = 1 + ((i * 5 + round) % TASKS);
        const value = ++counter;
        if (i % 3 === 0) {
          edits.push(
            lockstep
              .api("PATCH", `/api/tasks/${id}`, { params: { api: value } })
              .then(({ status }) => status === 200 && wanted.set(`${id}.api`, value))
              .catch(() => undefined), // the server died before it answered: the edit may or may not be in
          );
        } else if (i % 3 === 1) {
          edits.push(
            lockstep
              .sql("UPDATE tasks SET params = jsonb_set(params, '{sql}', to_jsonb($2::int)) WHERE id = $1", [
                String(id),
                value,
              ])
              .then(() => wanted.set(`${id}.sql`, value)),
          );
        }
      }
      const kill = Promise.all(edits.slice(0, Math.floor(random() * edits.length))).then(() =>
        lockstep.kill9(),
      );
      await Promise.all([...edits, kill]);

      const id = 1 + Math.floor(random() * TASKS);
      const value = ++counter;
      lockstep.replace(new RegExp(`(  - id: ${id}\n(?:    .*\n)*?      file: )\\d+`), `$1${value}`);
      wanted.set(`${id}.file`, value);
      await lockstep.up();
      await until("both sides are in step after the restart", () => isSynced(lockstep), 30_000);
      await expectInStep(lockstep);
    }
    const tasks = tasksInFile(lockstep);
    for (const [place, value] of wanted) {
      const [id = "", field = ""] = place.split(".");
      const stands = (tasks[id]?.params as Record<string, number>)[field];
      // The value may be larger, because an edit without an answer may still have been made.
      expect(stands, place).toBeGreaterThanOrEqual(value);
    }
    expect(lockstep.read().startsWith("# kept\ntasks:\n  # task 1\n")).toBe(true);
    const conflicts = await lockstep.call("GET /api/sync/conflicts", { query: { state: "all" } });
    expect(conflicts.body.total).toBe(0);
  } finally {
    await lockstep.stop();
  }
});

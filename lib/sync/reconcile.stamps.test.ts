import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import type { TaskContent } from "../task/task.ts";
import { buildPlan } from "./plan.ts";
import { reconcile, reconcileInSteps } from "./reconcile.ts";
import { outcome } from "./testing/outcome.ts";
import { BASE, candidate } from "./testing/candidate.ts";
import { OPTIONS, readFileTask, row } from "./testing/simulator.ts";
import type { SideState } from "./types.ts";

describe("stamps", () => {
  const stamped = (plain: JsonMap, updated_at: string) => ({ ...BASE, ...plain, updated_at });
  const [EARLY, LATE] = ["2026-01-01T00:00:00.000Z", "2026-02-02T00:00:00.000Z"];
  const base = candidate("same", "same", true);

  it("are never a change by themselves", () => {
    const plan = reconcile(
      [{ ...base, file: readFileTask(stamped({}, EARLY)), database: { task: row(stamped({}, LATE)) } }],
      OPTIONS,
    );
    expect(outcome(plan)).toBe("nothing");
  });

  it("an import keeps the file's stamp, or the time at which the file changed", () => {
    const database = { task: row(stamped({}, LATE)) };
    const imported = (file: SideState) =>
      reconcile([{ ...base, file, database }], OPTIONS).items[0]?.database?.updated_at;
    expect(imported(readFileTask(stamped({ description: "x" }, EARLY)))).toBe(EARLY);
    expect(imported({ ...readFileTask({ ...BASE, description: "x" }), changedAt: EARLY })).toBe(EARLY);
    expect(imported(readFileTask({ ...BASE, description: "x" }))).toBe(LATE);
  });

  it("the file is stamped with the database's", () => {
    const plan = reconcile(
      [{ ...base, database: { task: row(stamped({ description: "x" }, LATE)) } }],
      OPTIONS,
    );
    expect(plan.items[0]?.file?.stamp).toBe(LATE);
  });

  it("both are, when edits of both are merged", () => {
    const file = readFileTask(stamped({ skill_name: "z" }, EARLY));
    const plan = reconcile(
      [{ ...base, file, database: { task: row(stamped({ description: "x" }, LATE)) } }],
      OPTIONS,
    );
    expect([plan.items[0]?.file?.stamp, plan.items[0]?.database?.updated_at]).toEqual([LATE, LATE]);
  });
});

describe("in steps", () => {
  it("decides the same, pausing on the way", () => {
    const tasks = Array.from({ length: 10 }, (_, i) => ({ ...candidate("X", "Z", true), key: String(i) }));
    const steps = reconcileInSteps(tasks, OPTIONS, 3);
    let pauses = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) pauses++;
    expect(pauses).toBe(3);
    expect(buildPlan(step.value)).toEqual(reconcile(tasks, OPTIONS));
    expect(step.value.items).toHaveLength(10);
  });

  it("works each schedule out once", () => {
    const asked: string[] = [];
    const tasks = Array.from({ length: 10 }, (_, i) => ({
      key: String(i),
      ancestor: undefined,
      database: undefined,
      file: readFileTask({
        id: i,
        skill_name: "s",
        schedule_cron: i % 2 ? "0 3 * * *" : "0 4 * * *",
        timezone: i < 8 ? "UTC" : "Europe/Berlin",
      }),
    }));
    const nextRun = ({ schedule_cron, timezone }: { schedule_cron: string; timezone: string }) => {
      asked.push(`${schedule_cron} ${timezone}`);
      return OPTIONS.nextRun({ schedule_cron, timezone } as TaskContent);
    };
    const { items } = reconcile(tasks, { ...OPTIONS, nextRun });
    expect(asked).toHaveLength(4);
    expect(new Set(items.map((item) => item.after?.next_run_at)).size).toBe(4);
  });
});

import { buildPlan } from "./plan.ts";
import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { contentOf } from "../task/content.ts";
import type { TaskContent } from "../task/task.ts";
import { reconcile, reconcileInSteps } from "./reconcile.ts";
import { outcome } from "./testing/outcome.ts";
import { OPTIONS, readFileTask, row } from "./testing/simulator.ts";
import type { Candidate, SideState } from "./types.ts";

const BASE: JsonMap = {
  id: 1,
  skill_name: "backup",
  schedule_cron: "0 3 * * *",
  next_run_at: "2030-01-01T03:00:00Z",
  description: "base",
  status: "active",
};
/** What a side may have made of the task since. */
const STATES: Record<string, JsonMap> = {
  same: {},
  X: { description: "x" }, // edited
  Y: { description: "y" }, // edited in the same field, differently
  Z: { skill_name: "z" }, // edited in another field
  tick: { status: "running" }, // a runtime field only
  tock: { status: "failed" },
};

function side(state: string, read: (plain: JsonMap) => SideState): SideState {
  if (state === "absent") return undefined;
  if (state === "held") return "held";
  return read({ ...BASE, ...STATES[state] });
}

function candidate(file: string, database: string, ancestor: boolean): Candidate {
  return {
    key: "1",
    ancestor: ancestor ? { content: contentOf(row(BASE)), fieldsLeftBehind: {} } : undefined,
    file: side(file, readFileTask),
    database: side(database, (plain) => ({ task: row(plain) })),
  };
}

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

  it("an import keeps the file's stamp, or the time the file was changed", () => {
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

import { describe, expect, it } from "vitest";
import { type Starts, workOutStarts } from "../../lib/schedule/starts.ts";
import { zoneClock } from "../../lib/schedule/zone-clock.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { toRow } from "../live/task-rows.ts";
import { axisOf, placeOf } from "./axis.ts";
import { rowWords } from "./row-words.ts";
import { barsWithStarts } from "./overview-bars.ts";
import { scheduleViewFrom } from "./schedule-view.ts";
import { groupBySchedule, rowsOfCrowds, rowsOfTasks, type TaskFilter } from "./timeline-rows.ts";

const NOW = Date.UTC(2026, 10, 23, 6, 5) / 60_000;
const FROM = NOW - 12 * 60;

const task = (id: number, schedule_cron: string, more: Partial<TaskJson> = {}) =>
  toRow(
    {
      id,
      source: "default",
      skill_name: `skill-${id}`,
      schedule_cron,
      timezone: "UTC",
      status: "active",
      description: null,
      params: {},
      next_run_at: null,
      updated_at: null,
      ...more,
    } as TaskJson,
    { sync: "synced", reason: null, changed_at: null, changed_by: null },
  );
const EVERY: TaskFilter = { source: undefined, q: "", resting: false };

function starts(groups: ReturnType<typeof groupBySchedule>): Starts {
  const steps = workOutStarts(groups, FROM, 48 * 60);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const rows = (
  tasks: Parameters<typeof groupBySchedule>[0],
  order: Parameters<typeof rowsOfTasks>[2] = "next",
) => {
  const groups = groupBySchedule(tasks, EVERY);
  return rowsOfTasks(groups, starts(groups), order, NOW);
};
const ids = (all: ReturnType<typeof rows>) => all.map((row) => row.tasks.map(({ task: { id } }) => id));
const axis = (address: string) =>
  axisOf(scheduleViewFrom(new URLSearchParams(address)), NOW, "Europe/Berlin");

describe("groups of tasks", () => {
  it("share cron and zone; a filter leaves tasks out, and resting ones come on request", () => {
    const all = [
      task(1, "0 9 * * *"),
      task(2, "0 9 * * *"),
      task(3, "0 9 * * *", { status: "paused" }),
      task(4, "0 9 * * *", { timezone: "Europe/Berlin", source: "eu" }),
    ];
    const counts = (filter: Partial<TaskFilter>) =>
      groupBySchedule(all, { ...EVERY, ...filter }).map(({ timezone, count }) => [timezone, count]);
    expect(counts({})).toEqual([
      ["UTC", 2],
      ["Europe/Berlin", 1],
    ]);
    expect(counts({ resting: true })[0]).toEqual(["UTC", 3]);
    expect(counts({ source: "eu" })).toEqual([["Europe/Berlin", 1]]);
    expect(counts({ q: "skill-2 9" })).toEqual([["UTC", 1]]);
  });
});

describe("rows", () => {
  const all = [task(10, "0 9 * * *"), task(2, "0 8 * * *"), task(3, "*/10 * * * *"), task(4, "0 0 1 1 *")];
  it("come by their next start, by name with numbers as numbers, or by how often they start", () => {
    expect(ids(rows(all))).toEqual([[3], [2], [10], [4]]);
    expect(ids(rows(all, "name"))).toEqual([[2], [3], [4], [10]]);
    expect(ids(rows(all, "often"))[0]).toEqual([3]);
  });

  it("of tasks that start together name first what starts seldom, and are those in sight", () => {
    const groups = groupBySchedule([task(1, "0 * * * *"), task(2, "0 9 * * *"), task(3, "0 9 * * *")], EVERY);
    const worked = starts(groups);
    const crowds = rowsOfCrowds(groups, worked, () => true);
    expect(ids(crowds)).toEqual([[2, 3, 1]]);
    expect(rowsOfCrowds(groups, worked, () => false)).toEqual([]);
  });

  it("say when they start next and with how many, by the clock of the axis", () => {
    const groups = groupBySchedule([task(1, "0 * * * *"), task(2, "0 9 * * *")], EVERY);
    const worked = starts(groups);
    const [, second] = rowsOfTasks(groups, worked, "next", NOW);
    if (!second) throw new Error("there are two rows");
    expect(rowWords(second, worked, axis("zone=utc"))).toMatchObject({
      name: "skill-2",
      note: "Every day at 09:00",
      zone: null,
      next: "next Mon 23 Nov 09:00, together with 1 other task",
    });
    expect(rowWords(second, worked, axis(""))).toMatchObject({
      zone: "UTC",
      next: "next Mon 23 Nov 10:00, together with 1 other task",
    });
  });

  it("tell a run that was due and that nothing has reported", () => {
    const late = [task(1, "0 5 * * *", { next_run_at: "2026-11-23T05:00:00.000Z" })];
    const groups = groupBySchedule(late, EVERY);
    const worked = starts(groups);
    const [row] = rowsOfTasks(groups, worked, "next", NOW);
    expect(row && rowWords(row, worked, axis("zone=utc")).overdue).toEqual([NOW - 65]);
  });
});

describe("the axis", () => {
  it("shows some of the past and more of what is to come, from a full hour or from midnight on", () => {
    const at = (address: string) => {
      const { window } = axis(address);
      return [new Date(window.from * 60_000).toISOString(), window.length / 60];
    };
    expect(at("zone=utc")).toEqual(["2026-11-23T00:00:00.000Z", 24]);
    expect(at("span=week&zone=utc")).toEqual(["2026-11-22T00:00:00.000Z", 168]);
    // Midnight in Berlin, written as the clock there shows it.
    expect(at("span=month")).toEqual(["2026-11-20T00:00:00.000Z", 744]);
    expect(at("zone=utc&at=2026-12-24T12:30Z")).toEqual(["2026-12-24T06:00:00.000Z", 24]);
  });

  it("is that of each task where each has its own", () => {
    const shown = axis("zone=own");
    const india = shown.clockOf({ timezone: "Asia/Kolkata", together: false });
    expect(india(NOW)).toBe(330);
    expect(shown.clockOf({ timezone: "Asia/Kolkata", together: true })(NOW)).toBe(60);
    expect(placeOf(NOW, shown.clock, shown.window)).toBeCloseTo(6 / 24, 1);
  });
});

it("the overview counts runs, and the most tasks that start at once, by the clock of the axis", () => {
  const worked = starts(
    groupBySchedule([task(1, "0,30 9 * * *"), task(2, "0 9 * * *"), task(3, "15 10 * * *")], EVERY),
  );
  const { window } = axis("zone=utc");
  const bars = barsWithStarts("day", window, worked, zoneClock("UTC", 0, 1));
  expect(bars).toHaveLength(24);
  expect(bars.filter(({ runs }) => runs > 0)).toMatchObject([
    { from: window.from + 9 * 60, runs: 3, most: 2 },
    { from: window.from + 10 * 60, runs: 1, most: 1 },
  ]);
});

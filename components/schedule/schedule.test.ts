import { describe, expect, it } from "vitest";
import type { TaskStatus } from "../../lib/task/status.ts";
import { byHour, crowded, dayName, density, hourOf, timeName, utcClock } from "./hours.ts";
import { fillTimetable, groupTasks, type Timetable } from "./timetable.ts";

const row = (
  id: number | string,
  schedule_cron: string,
  status: TaskStatus = "active",
  timezone = "UTC",
) => ({ id, source: "default", skill_name: `skill ${id}`, schedule_cron, status, timezone });
const FROM = Date.UTC(2026, 10, 23, 6);
const DAY = 86_400_000;

function table(rows: Parameters<typeof groupTasks>[0], includeResting = false): Timetable {
  const steps = fillTimetable(groupTasks(rows, includeResting), FROM, FROM + DAY);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const cells = (rows: Parameters<typeof groupTasks>[0], clock = utcClock) =>
  byHour(table(rows), clock, FROM / 60_000, (FROM + DAY) / 60_000);

describe("groups", () => {
  it("share cron and zone, and include resting tasks only on request", () => {
    const rows = [
      row(1, "0 9 * * *"),
      row("b", "0 9 * * *"),
      row(3, "0 9 * * *", "paused"),
      row(4, "0 9 * * *", "active", "Europe/Berlin"),
    ];
    expect(
      groupTasks(rows, false).map(({ timezone, tasks }) => [timezone, tasks.map((task) => task.id)]),
    ).toEqual([
      ["UTC", ["1", "b"]],
      ["Europe/Berlin", ["4"]],
    ]);
    expect(groupTasks(rows, true)[0]?.tasks).toHaveLength(3);
  });
});

describe("hours", () => {
  it("count starts, and minutes in which several tasks start", () => {
    const found = cells([row(1, "0,30 9 * * *"), row(2, "0 9 * * *"), row(3, "15 10 * * *")]);
    const hour = hourOf(FROM / 60_000, utcClock) + 3;
    expect([...found.keys()].sort()).toEqual([hour, hour + 1]);
    expect(found.get(hour)).toMatchObject({
      runs: 3,
      collisions: 1,
      marks: [
        { at: 0, tasks: 2 },
        { at: 30, tasks: 1 },
      ],
    });
    expect(`${dayName(hour)} ${timeName(hour, 5)}`).toBe("Mon 23 Nov 09:05");
  });

  it("follow the chosen clock, also in a zone with half an hour's offset", () => {
    const [cell] = [...cells([row(1, "45 9 * * *")], () => 330).values()];
    expect(cell).toMatchObject({ runs: 1, marks: [{ at: 15, tasks: 1 }] });
    expect(timeName(cell?.hour ?? 0)).toBe("15:00");
  });

  it("leave out past starts", () => {
    const all = table([row(1, "*/30 * * * *")]);
    expect([...byHour(all, utcClock, FROM / 60_000 + 20, FROM / 60_000 + 60).values()]).toMatchObject([
      { runs: 1, marks: [{ at: 30 }] },
    ]);
  });
});

it("a schedule that cannot be read does not stop the others", () => {
  expect([
    ...cells([row(1, "never"), row(2, "0 9 * * *"), row(3, "0 9 * * *", "active", "Mars/Base")]).values(),
  ]).toMatchObject([{ runs: 1 }]);
});

it("the most crowded minutes come first", () => {
  const found = cells([
    row(1, "0 * * * *"),
    row(2, "0 8 * * *"),
    row(3, "0 8,9 * * *"),
    row(4, "30 7 * * *"),
  ]);
  expect(crowded(found, 9).map(({ tasks, minute }) => [tasks, timeName(Math.floor(minute / 60))])).toEqual([
    [3, "08:00"],
    [2, "09:00"],
  ]);
  expect(crowded(found, 1)).toHaveLength(1);
});

it("density shows a few runs beside thousands", () => {
  expect([0, 1, 10, 200, 5_000].map((runs) => density(runs, 5_000))).toEqual([0, 1, 1, 3, 4]);
  expect(density(1, 1)).toBe(4);
});

import { describe, expect, it } from "vitest";
import { firstFrom, type SharedSchedule, type Starts, workOutStarts } from "./starts.ts";

const FROM = Date.UTC(2026, 10, 23, 6) / 60_000;
const at = (hour: number, minute = 0) => (hour - 6) * 60 + minute;

const schedule = (schedule_cron: string, count = 1, timezone = "UTC"): SharedSchedule => ({
  schedule_cron,
  timezone,
  count,
});

function starts(schedules: readonly SharedSchedule[], length = 24 * 60): Starts {
  const steps = workOutStarts(schedules, FROM, length);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

describe("starts", () => {
  it("are counted from the first minute, each schedule in its own zone", () => {
    const { minutes, tasksAt } = starts([
      schedule("0 9 * * *", 3),
      schedule("0 9 * * *", 1, "Asia/Kolkata"),
      schedule("*/30 9 * * *", 2),
    ]);
    expect(minutes.map((each) => [...each])).toEqual([
      [at(9)],
      // 09:00 of the next day in India is 03:30 UTC.
      [at(27, 30)],
      [at(9), at(9, 30)],
    ]);
    expect([tasksAt[at(9)], tasksAt[at(9, 30)], tasksAt[at(27, 30)], tasksAt[at(10)]]).toEqual([5, 2, 1, 0]);
  });

  it("of a schedule that cannot be read are none, and do not stop the others", () => {
    const bad = [schedule("never"), schedule("0 9 * * *", 1, "Mars/Base")];
    expect(starts([...bad, schedule("0 9 * * *")]).minutes.map((each) => each.length)).toEqual([0, 0, 1]);
  });

  it("of a month fit, and more is refused", () => {
    expect(starts([schedule("* * * * *")], 33 * 24 * 60).minutes[0]).toHaveLength(33 * 24 * 60);
    expect(() => starts([], 65_536)).toThrow(RangeError);
  });
});

describe("tasks that start together", () => {
  it("are one group for all minutes in which the same ones start, the largest first", () => {
    const { together } = starts([
      schedule("0 * * * *"),
      schedule("0 8,9 * * *", 2),
      schedule("15 7 * * *", 4),
      schedule("30 7 * * *"),
    ]);
    expect(together.map(({ schedules, minutes, tasks }) => [schedules, [...minutes], tasks])).toEqual([
      [[2], [at(7, 15)], 4],
      [[0, 1], [at(8), at(9)], 3],
    ]);
  });

  it("are not mixed up among thousands of schedules", () => {
    // Each pair shares a minute of its own.
    const schedules = Array.from({ length: 1_400 }, (_, i) =>
      schedule(`${(i >> 1) % 60} ${Math.floor(i / 120)} * * *`),
    );
    const { together, tasksAt } = starts(schedules);
    expect(together).toHaveLength(200);
    for (const each of together) {
      expect(each.tasks).toBe(2);
      expect(each.minutes).toHaveLength(1);
      const [one, other] = each.schedules;
      expect(other).toBe((one ?? 0) + 1);
    }
    expect(Math.max(...tasksAt)).toBe(2);
  });
});

it("the first minute that is not before another is found", () => {
  const minutes = Uint16Array.of(3, 5, 9);
  expect([0, 3, 4, 9, 10].map((minute) => firstFrom(minutes, minute))).toEqual([0, 0, 1, 2, 3]);
});

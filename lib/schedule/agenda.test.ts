import { Cron } from "croner";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agenda, type Schedule } from "./agenda.ts";
import { offsetAt, zoneDays } from "./zone-days.ts";

const DAY = 86_400_000;

function minutesOf(schedule: Schedule, from: number, until: number): number[] {
  const steps = new Agenda(from, until).minutesOf(schedule);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The minutes that croner gives one after the other. */
function asked({ schedule_cron, timezone }: Schedule, from: number, until: number): number[] {
  const cron = new Cron(schedule_cron, { paused: true, timezone });
  const minutes = new Set<number>();
  for (let at = cron.nextRun(new Date(from - 1)); at && at.getTime() < until; at = cron.nextRun(at)) {
    minutes.add(Math.floor(at.getTime() / 60_000));
  }
  return [...minutes];
}

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Africa/Cairo",
  "Pacific/Apia",
];
const field = (max: number, min = 0) =>
  fc.oneof(
    fc.constant("*"),
    fc.integer({ min, max }).map(String),
    fc
      .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
      .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
    fc.integer({ min: 5, max: Math.max(6, max) }).map((step) => `*/${Math.min(step, max)}`),
    fc.uniqueArray(fc.integer({ min, max }), { minLength: 2, maxLength: 3 }).map((list) => list.join(",")),
  );
const expression = fc
  .tuple(
    field(59),
    field(23),
    fc.oneof(fc.constant("*"), field(31, 1), fc.constant("L")),
    fc.oneof(fc.constant("*"), field(12, 1)),
    fc.oneof(fc.constant("*"), field(6), fc.constant("MON-FRI"), fc.constant("1#2")),
  )
  .filter(([minute]) => minute !== "*")
  .map((parts) => parts.join(" "));

describe("the minutes in which a schedule fires", () => {
  it("are the minutes that croner gives one by one, in every zone and when the clocks change", () => {
    fc.assert(
      fc.property(
        expression,
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(2025, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 }),
        (schedule_cron, timezone, minute) => {
          const from = minute * 60_000;
          const until = from + 2 * DAY;
          expect(minutesOf({ schedule_cron, timezone }, from, until)).toEqual(
            asked({ schedule_cron, timezone }, from, until),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(["2026-03-08", "2026-11-01"])("on the day the clocks change in New York, %s", (day) => {
    const from = Date.parse(`${day}T00:00:00Z`);
    for (const schedule_cron of ["30 1 * * *", "30 2 * * *", "*/20 * * * *", "0 0 * * *"]) {
      const schedule = { schedule_cron, timezone: "America/New_York" };
      expect(minutesOf(schedule, from, from + 2 * DAY), schedule_cron).toEqual(
        asked(schedule, from, from + 2 * DAY),
      );
    }
  });

  it.each([
    "*/15 * * * * *",
    "30 */7 * * * *",
    "@daily",
    "@hourly",
    "0 0 12 * * * 2026",
    "0 0 12 * * * 2030",
  ])("of %s", (schedule_cron) => {
    const from = Date.UTC(2026, 4, 1, 7, 30);
    const schedule = { schedule_cron, timezone: "Europe/Berlin" };
    expect(minutesOf(schedule, from, from + DAY)).toEqual(asked(schedule, from, from + DAY));
  });

  it("do not depend on the schedules computed before", () => {
    const from = Date.UTC(2026, 4, 1, 7);
    const agenda = new Agenda(from, from + DAY);
    for (const schedule_cron of [
      "0 * * * *",
      "5 0 * * *",
      "0 5 * * *",
      "*/7 * * * *",
      "0 */7 * * *",
      "0 0 * * 5",
      "5 5 * * 6",
    ]) {
      const steps = agenda.minutesOf({ schedule_cron, timezone: "Europe/Berlin" });
      let step = steps.next();
      while (!step.done) step = steps.next();
      expect(step.value, schedule_cron).toEqual(
        asked({ schedule_cron, timezone: "Europe/Berlin" }, from, from + DAY),
      );
    }
  });

  it("are 10 080 for a week of every minute", () => {
    const from = Date.UTC(2026, 5, 1);
    expect(
      minutesOf({ schedule_cron: "* * * * *", timezone: "Europe/Berlin" }, from, from + 7 * DAY),
    ).toHaveLength(10_080);
  });
});

describe("days of a zone", () => {
  it("begin at the zone's midnight and know when the clocks change", () => {
    const days = zoneDays(
      "Europe/Berlin",
      Date.parse("2026-03-28T12:00:00Z"),
      Date.parse("2026-03-30T12:00:00Z"),
    );
    expect(
      days.map(({ start, end, plain }) => [new Date(start).toISOString(), (end - start) / 3_600_000, plain]),
    ).toEqual([
      ["2026-03-27T23:00:00.000Z", 24, true],
      ["2026-03-28T23:00:00.000Z", 23, false],
      ["2026-03-29T22:00:00.000Z", 24, true],
    ]);
    expect(offsetAt("Asia/Kolkata", 0)).toBe(19_800_000);
  });

  it("cover a stretch without gaps, also when midnight is skipped", () => {
    for (const zone of ZONES) {
      const days = zoneDays(zone, Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
      for (const [i, day] of days.entries()) if (i > 0) expect(day.start, zone).toBe(days[i - 1]?.end);
      expect(days.length, zone).toBeGreaterThan(364);
    }
  });
});

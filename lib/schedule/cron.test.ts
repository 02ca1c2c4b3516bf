import { describe, expect, it } from "vitest";
import { cronError, isTimezone, nextRun, nextRuns, previousRuns } from "./cron.ts";

const after = new Date("2026-11-22T10:00:00Z");

describe("cronError", () => {
  it.each([
    "0 3 * * *",
    "*/5 * * * *",
    "0 0 * * MON-FRI",
    "0 0 L * *",
    "@daily",
    "30 0 3 * * *",
    "0 0 30 2 *",
  ])("accepts %s", (cron) => expect(cronError(cron)).toBeNull());
  it.each([
    "",
    " ",
    "* * *",
    "60 * * * *",
    "0 24 * * *",
    "*/0 * * * *",
    "0 3 * * * ; rm",
    "@reboot",
    "2026-01-01T00:00:00",
    "x".repeat(5000),
  ])("refuses %j with a sentence", (cron) => {
    expect(cronError(cron)?.length).toBeLessThanOrEqual(200);
    expect(cronError(cron)).not.toMatch(/CronPattern/);
  });
});

describe("isTimezone", () => {
  it.each(["UTC", "Europe/Berlin", "America/New_York"])("knows %s", (zone) =>
    expect(isTimezone(zone)).toBe(true),
  );
  it.each(["", "Mars/Base", "GMT+1", " UTC"])("does not know %j", (zone) =>
    expect(isTimezone(zone)).toBe(false),
  );
});

describe("nextRun", () => {
  it("is the first time after the given time, never that time itself", () => {
    expect(nextRun("0 3 * * *", "UTC", after)).toBe("2026-11-23T03:00:00.000Z");
    expect(nextRun("0 10 * * *", "UTC", after)).toBe("2026-11-23T10:00:00.000Z");
    expect(nextRun("0 10 * * *", "UTC", new Date("2026-11-22T09:59:59.999Z"))).toBe(
      "2026-11-22T10:00:00.000Z",
    );
  });
  it("counts in the time zone", () =>
    expect(nextRun("0 3 * * *", "Europe/Berlin", after)).toBe("2026-11-23T02:00:00.000Z"));
  it("is null for a day that never comes", () => expect(nextRun("0 0 30 2 *", "UTC", after)).toBeNull());
  it("fires once on the day when an hour is skipped, and on the day when an hour comes twice", () => {
    const days = (start: string) =>
      nextRuns("30 2 * * *", "Europe/Berlin", new Date(start), 3).map((run) => run.slice(0, 10));
    expect(days("2026-03-28T00:00:00Z")).toEqual(["2026-03-28", "2026-03-29", "2026-03-30"]);
    expect(days("2026-10-24T00:00:00Z")).toEqual(["2026-10-24", "2026-10-25", "2026-10-26"]);
  });
});

describe("previousRuns", () => {
  it("are the last times before the given time, the newest first, in the time zone", () =>
    expect(previousRuns("0 3 * * *", "Europe/Berlin", after, 2)).toEqual([
      "2026-11-22T02:00:00.000Z",
      "2026-11-21T02:00:00.000Z",
    ]));
  it("never are that time itself", () =>
    expect(previousRuns("0 10 * * *", "UTC", after, 1)).toEqual(["2026-11-21T10:00:00.000Z"]));
});

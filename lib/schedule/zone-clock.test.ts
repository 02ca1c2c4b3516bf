import { describe, expect, it } from "vitest";
import { zoneClock } from "./zone-clock.ts";
import { offsetAt } from "./zone-days.ts";

const minute = (text: string) => Date.parse(text) / 60_000;

describe("the clock of a zone", () => {
  it.each(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"])(
    "is that of %s, also when it changes twice in a month",
    (zone) => {
      for (const start of ["2026-02-01", "2026-03-05", "2026-10-20"]) {
        const from = minute(`${start}T00:00:00Z`);
        const clock = zoneClock(zone, from, from + 50 * 24 * 60);
        for (let at = from; at < from + 50 * 24 * 60; at += 15)
          expect(clock(at), `${zone} ${at}`).toBe(offsetAt(zone, at * 60_000) / 60_000);
      }
    },
  );

  it("changes to the minute", () => {
    const change = minute("2026-10-25T01:00:00Z");
    const clock = zoneClock("Europe/Berlin", change - 3_000, change + 3_000);
    expect([clock(change - 1), clock(change)]).toEqual([120, 60]);
  });

  it("of a zone that does not exist is UTC", () => expect(zoneClock("Mars/Base", 0, 1)(0)).toBe(0));
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalTimestamp } from "./timestamp.ts";

describe("canonicalTimestamp", () => {
  it.each([
    ["2026-01-31", "2026-01-31T00:00:00.000Z"],
    ["2026-1-3", "2026-01-03T00:00:00.000Z"],
    ["2026-01-31T03:00:00Z", "2026-01-31T03:00:00.000Z"],
    ["2026-01-31 03:00:00", "2026-01-31T03:00:00.000Z"],
    ["2026-01-31t03:00z", "2026-01-31T03:00:00.000Z"],
    ["2026-01-31T03:00:00.5Z", "2026-01-31T03:00:00.500Z"],
    ["2026-01-31T03:00:00.123999Z", "2026-01-31T03:00:00.123Z"],
    ["2026-01-31 03:00:00 +02", "2026-01-31T01:00:00.000Z"],
    ["2026-01-31T03:00:00-05:30", "2026-01-31T08:30:00.000Z"],
    ["2026-01-31T00:30:00+0100", "2026-01-30T23:30:00.000Z"],
    ["0099-02-28", "0099-02-28T00:00:00.000Z"],
  ])("%s is %s", (text, canonical) => expect(canonicalTimestamp(text)).toBe(canonical));

  it.each([
    "",
    "soon",
    "20260131",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-01-31T24:00:00Z",
    "2026-01-31T23:60:00Z",
    "2026-01-31T03:00:00+19:00",
    "2026-01-31T",
    "2026-01-31T03:00:00Z x",
    "0000-01-01",
    "9999-12-31T23:59:59-01:00",
  ])("%j is no time", (text) => expect(canonicalTimestamp(text)).toBeNull());

  it("leaves its own form alone", () => {
    const date = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(date, (moment) => {
        expect(canonicalTimestamp(moment.toISOString())).toBe(moment.toISOString());
      }),
    );
  });
});

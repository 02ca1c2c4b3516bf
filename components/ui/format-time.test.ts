import { describe, expect, it } from "vitest";
import { durationInWords, formatAbsolute, formatRelative, formatZoned } from "./format-time.ts";

const now = Date.parse("2026-01-31T12:00:00.000Z");
const after = (seconds: number) => new Date(now + seconds * 1_000).toISOString();

describe("formatRelative", () => {
  it.each([
    [0, "just now"],
    [-30, "just now"],
    [30, "in a moment"],
    [300, "in 5 min"],
    [-300, "5 min ago"],
    [3_580, "in 1 hr"],
    [22 * 3_600, "in 22 hr"],
    [-7_200, "2 hr ago"],
    [86_400 * 3, "in 3 days"],
    [-86_400 * 400, "1 yr ago"],
  ])("%i seconds from now: %s", (seconds, words) => {
    expect(formatRelative(after(seconds), now)).toBe(words);
  });
});

describe("formatAbsolute", () => {
  it("is in the requested zone, and names it", () => {
    expect(formatAbsolute("2026-01-31T23:30:00.000Z", "Europe/Berlin")).toBe(
      "2026-02-01 00:30 Europe/Berlin",
    );
    expect(formatAbsolute("2026-01-31T00:05:00.000Z", "UTC")).toBe("2026-01-31 00:05 UTC");
  });
  it("falls back to UTC, and says so, for a zone that does not exist", () => {
    expect(formatAbsolute("2026-01-31T00:05:00.000Z", "Mars/Base")).toBe("2026-01-31 00:05 UTC");
  });
});

describe("formatZoned", () => {
  it.each([
    ["Europe/Berlin", "1 Feb, 00:30 CET"],
    ["UTC", "31 Jan, 23:30 UTC"],
    ["No/Where", "31 Jan, 23:30 UTC"],
  ])("is in %s, and says so", (zone, words) => {
    expect(formatZoned("2026-01-31T23:30:00.000Z", zone)).toBe(words);
  });
});

it("durationInWords has no direction", () => {
  expect([36 * 60_000, 2 * 86_400_000].map(durationInWords)).toEqual(["36 min", "2 days"]);
});

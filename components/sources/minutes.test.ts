import { describe, expect, it } from "vitest";
import { countdown, minutesInWords, typedMinutes } from "./minutes.ts";

describe("lengths of time", () => {
  it.each([
    [5, "5 min"],
    [0.5, "30 s"],
    [90, "1 h 30 min"],
    [1_440, "1 d"],
    [1 / 60, "1 s"],
    [10_081, "7 d 1 min"],
  ])("%d minutes are shown as %s, which reads back as the same", (minutes, words) => {
    expect(minutesInWords(minutes)).toBe(words);
    expect(typedMinutes(words)).toBeCloseTo(minutes, 6);
  });
  it.each([
    ["5", 5],
    [" 90s ", 1.5],
    ["1h30", 90],
    ["0.5 h", 30],
    ["2m", 2],
  ])("%j is %d minutes", (text, minutes) => expect(typedMinutes(text)).toBeCloseTo(minutes, 6));
  it.each(["", "soon", "-5", "5 weeks", "5 min!", "h"])("%j is none", (text) =>
    expect(typedMinutes(text)).toBeNull(),
  );
});

describe("countdown", () => {
  it.each([
    [0, "now"],
    [-1, "now"],
    [999, "0:01"],
    [65_000, "1:05"],
    [3_729_000, "1:02:09"],
    [90_000_000, "1 d 1 h"],
  ])("of %d ms is %s", (left, words) => {
    expect(countdown(1_000_000 + left, 1_000_000)).toBe(words);
  });
});

import { describe, expect, it } from "vitest";
import { dueSources } from "./due.ts";
import { presetSettings } from "./settings.ts";

const NOW = Date.parse("2026-03-01T12:00:00.000Z");
const turn = (seconds: number | null, intervalMinutes = 5) => {
  const settings = presetSettings({ intervalMinutes, strategy: "three-way" });
  const [due] = dueSources(
    [{ id: "a", settings, next: seconds === null ? null : new Date(NOW + seconds * 1_000) }],
    new Date(NOW),
  );
  return due ? (due.next.getTime() - NOW) / 1_000 : null;
};

describe("dueSources", () => {
  it.each([
    ["that never had one", null, 5, 300],
    ["that is due", 0, 5, 300],
    ["that is a little late, in steps of its interval", -3, 5, 297],
    ["that comes before the next tick", 20, 5, 320],
    ["that is not due yet", 31, 5, null],
    ["that just had one", 300, 5, null],
    ["missed many times over, once", -4_000, 5, 300],
    ["whose interval has become shorter", 600, 1, 60],
    ["of a few seconds, not yet", 2, 3 / 60, null],
    ["of a minute, from one tick to the next", 0, 1, 60],
  ])("gives a run to a source that is %s", (_name, seconds, minutes, next) => {
    expect(turn(seconds, minutes)).toBe(next);
  });

  it("gives a run every second when the interval is a second", () => {
    expect(turn(0, 1 / 60)).toBe(1);
    expect(turn(0.9, 1 / 60)).toBeNull();
  });

  it("gives as many runs as intervals pass, however late the tick is", () => {
    const settings = presetSettings({ intervalMinutes: 5, strategy: "three-way" });
    let [next, given]: [Date, number] = [new Date(NOW), 0];
    for (let minute = 0; minute < 600; minute++) {
      const late = (minute * 7919) % 900;
      const [due] = dueSources([{ id: "a", settings, next }], new Date(NOW + minute * 60_000 + late));
      if (due) [next, given] = [due.next, given + 1];
    }
    expect(given).toBe(120);
  });
});

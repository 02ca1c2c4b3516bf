import { describe, expect, it } from "vitest";
import { nextPeriodic, syncStatusOf } from "./sync-status.ts";

const calm = { everCompared: true, problems: [], halted: false, pending: 0, conflicts: 0 };

describe("syncStatusOf", () => {
  it.each([
    [{}, "synced"],
    [{ everCompared: false }, "unknown"],
    [{ problems: [{ code: "yaml_syntax", message: "" }] }, "unknown"],
    [{ problems: [{ code: "file_missing", message: "" }], pending: 3 }, "unknown"],
    [{ problems: [{ code: "invalid_cron", message: "", task_id: "1" }] }, "out-of-sync"],
    [{ pending: 1 }, "out-of-sync"],
    [{ conflicts: 1 }, "out-of-sync"],
    [{ halted: true }, "out-of-sync"],
  ] as const)("%j is %s", (difference, status) => {
    expect(syncStatusOf({ ...calm, ...difference })).toBe(status);
  });
});

describe("nextPeriodic", () => {
  const at = (time: string) => new Date(`2026-01-01T${time}Z`);
  it.each([
    ["10:00:00", "10:00:00", "10:05:00"],
    ["10:00:00", "10:04:59", "10:05:00"],
    ["10:00:00", "10:05:00", "10:10:00"],
    ["10:00:00", "11:01:00", "11:05:00"],
    ["10:00:00", "09:00:00", "10:05:00"],
  ])("every 300 s from %s, asked at %s: %s", (since, now, next) => {
    expect(nextPeriodic(at(since), 300, at(now))).toEqual(at(next));
  });
});

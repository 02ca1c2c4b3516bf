import { describe, expect, it } from "vitest";
import { syncStatusOf } from "./sync-status.ts";

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

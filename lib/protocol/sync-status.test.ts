import { describe, expect, it } from "vitest";
import { NAMES_OF_FILE, sideNames } from "../source/side-names.ts";
import { syncStatusOf } from "./sync-status.ts";

const at = "2026-03-01T12:00:00.000Z";
const worker = { running: true, answeredAt: at, label: "default" };
const calm = {
  names: NAMES_OF_FILE,
  everCompared: true,
  problems: [],
  halted: false,
  pending: 0,
  conflicts: 0,
  removed: false,
  worker,
  watched: true,
  waitingSince: null,
  triggersOff: false,
};

describe("syncStatusOf", () => {
  it.each([
    [{}, "synced", null],
    [{ everCompared: false }, "unknown", "not_compared"],
    [{ problems: [{ code: "yaml_syntax", message: "" }] }, "unknown", "file_unreadable"],
    [{ problems: [{ code: "file_missing", message: "" }], pending: 3 }, "unknown", "file_unreadable"],
    [{ problems: [{ code: "invalid_cron", message: "", task_id: "1" }] }, "out-of-sync", null],
    [{ pending: 1 }, "out-of-sync", null],
    [{ conflicts: 1 }, "out-of-sync", null],
    [{ halted: true }, "out-of-sync", null],
    [{ worker: { ...worker, running: false } }, "unknown", "no_worker"],
    [{ worker: { ...worker, running: false }, pending: 1 }, "out-of-sync", null],
    [{ watched: false }, "unknown", "not_watching"],
    [{ waitingSince: at }, "unknown", "not_looked_at"],
    [{ removed: true }, "unknown", "removed"],
    [{ triggersOff: true }, "unknown", "triggers_off"],
    [{ triggersOff: true, pending: 1 }, "out-of-sync", null],
  ] as const)("%j is %s, because %s", (difference, status, code) => {
    const known = syncStatusOf({ ...calm, ...difference });
    expect([known.sync_status, known.sync_status_reason?.code ?? null]).toEqual([status, code]);
  });

  it.each([{ everCompared: false }, { watched: false }, { worker: { ...worker, running: false } }])(
    "%j: calls another side by its name",
    (difference) => {
      const known = syncStatusOf({ ...calm, ...difference, names: sideNames("erp", "http_tasks") });
      expect(known.sync_status_reason?.message).toMatch(/\berp\b/);
      expect(known.sync_status_reason?.message).not.toContain("file");
    },
  );

  it("names the label and the last answer of a worker that does not answer", () => {
    const { sync_status_reason } = syncStatusOf({
      ...calm,
      worker: { running: false, answeredAt: at, label: "east" },
    });
    expect(sync_status_reason?.message).toBe(
      "No worker with the label east answers, so a change in the file would go unnoticed. " +
        "The last one answered at 2026-03-01T12:00:00.000Z.",
    );
  });
});

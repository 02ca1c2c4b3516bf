import { describe, expect, it } from "vitest";
import type { TaskJson, TaskStanding } from "../../lib/protocol/task.ts";
import { NAMES_OF_FILE, sideNames } from "../../lib/source/side-names.ts";
import { toRow } from "../live/task-rows.ts";
import { overdueBy, stateInWords, stateOf, unknownSources } from "./task-state.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");
const KNOWN = { unknown: new Map<string, string>(), now: NOW };
const ABSENT = { unknown: new Map([["default", "No worker answers."]]), now: NOW };

function row(task: Partial<TaskJson> = {}, standing: Partial<TaskStanding> = {}) {
  const given = { id: 1, source: "default", skill_name: "a", schedule_cron: "0 2 * * *", status: "active" };
  const next = { next_run_at: "2026-11-30T13:00:00Z", description: null };
  const synced = { sync: "synced", reason: null, changed_at: null, changed_by: null } as const;
  return toRow({ ...given, ...next, ...task } as TaskJson, { ...synced, ...standing });
}
const late = { next_run_at: "2026-11-30T11:24:00Z" };

describe("the state of a task", () => {
  it.each([
    ["in_step", row(), KNOWN],
    ["unknown", row(), ABSENT],
    ["unknown", row(late), ABSENT],
    ["in_step", row({ source: "other" }), ABSENT],
    ["conflict", row({}, { sync: "conflict" }), ABSENT],
    ["waiting", row({}, { sync: "pending", reason: "unwritable" }), ABSENT],
    ["waiting", row(late, { sync: "pending" }), KNOWN],
    ["held", row({}, { sync: "pending", reason: "held" }), KNOWN],
    ["overdue", row(late), KNOWN],
    ["in_step", row(late), { ...KNOWN, now: 0 }],
    ["paused", row({ ...late, status: "paused" }), KNOWN],
    ["paused", row({ status: "disabled" }), KNOWN],
    ["in_step", row({ ...late, status: "completed" }), KNOWN],
  ] as const)("%s", (state, task, facts) => {
    expect(stateOf(task, facts)).toBe(state);
    expect(stateInWords(state, task, facts, NAMES_OF_FILE)).not.toBe("");
  });

  it("is unknown for the reason of its source", () => {
    expect(stateInWords("unknown", row(), ABSENT, NAMES_OF_FILE)).toBe("No worker answers.");
  });

  it("calls an API by the name of its source", () => {
    const erp = sideNames("erp", "http_tasks");
    const waiting = row({}, { sync: "pending", reason: "unwritable" });
    expect(stateInWords("waiting", waiting, KNOWN, erp)).toContain("erp cannot be written");
    expect(stateInWords("in_step", row(), KNOWN, erp)).toBe("erp and the database agree");
  });

  it("is overdue from a minute on", () => {
    const due = (ms: number) => row({ next_run_at: new Date(NOW - ms).toISOString() }).task;
    expect([due(0), due(59_000), due(36 * 60_000)].map((task) => overdueBy(task, NOW))).toEqual([
      0,
      0,
      36 * 60_000,
    ]);
  });
});

describe("the sources of which it is unknown whether they agree", () => {
  const reason = { code: "no_worker", message: "No worker answers." } as const;
  it.each([
    ["the only one", { source: "default", sync_status_reason: reason }, ["default"]],
    ["none", { source: "default", sync_status_reason: null }, []],
  ])("%s", (_name, status, ids) => {
    expect([...unknownSources(status).keys()]).toEqual(ids);
  });

  it("some of several", () => {
    const sources = [
      { id: "a", sync_status_reason: reason },
      { id: "b", sync_status_reason: null },
    ] as never;
    expect([...unknownSources({ source: null, sources, sync_status_reason: reason })]).toEqual([
      ["a", "No worker answers."],
    ]);
  });
});

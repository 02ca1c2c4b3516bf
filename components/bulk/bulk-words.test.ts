import { describe, expect, it } from "vitest";
import type { BulkActionJson } from "../../lib/protocol/bulk.ts";
import type { TaskJson, TaskStanding } from "../../lib/protocol/task.ts";
import { NAMES_OF_FILE, sideNamesOfAll } from "../../lib/source/side-names.ts";
import { toRow } from "../live/task-rows.ts";
import { bulkPlan, leftOutInWords, outcomeInWords, planInWords, troubleOf } from "./bulk-words.ts";

const FILES = () => NAMES_OF_FILE;
const API = (asked?: string | readonly string[]) =>
  sideNamesOfAll([asked ?? []].flat().map((id) => ({ id, kind: id === "a" ? "http_tasks" : "yaml-file" })));
const STANDING: TaskStanding = { sync: "synced", reason: null, changed_at: null, changed_by: null };
const row = (id: number, status: string, source = "a", standing: Partial<TaskStanding> = {}) =>
  toRow({ id, source, status, skill_name: "job", schedule_cron: "" } as unknown as TaskJson, {
    ...STANDING,
    ...standing,
  });
const BULK: BulkActionJson = {
  id: "1",
  action: "delete",
  state: "finished",
  requested_by: "user:ada",
  started_at: "",
  finished_at: "",
  total: 4,
  done: 4,
  changed: 4,
  unchanged: 0,
  left_out: [],
  left_out_total: 0,
  sources: [{ source: "a", changed: 4, run_id: null, outcome: null, waits: null, failure: null }],
  undone_at: null,
  undone_by: null,
};

describe("the plan of an action", () => {
  const rows = [
    row(1, "active"),
    row(2, "paused"),
    row(3, "active", "b"),
    row(4, "active", "b", { sync: "conflict" }),
    row(5, "active", "b", { sync: "pending", reason: "held" }),
    row(6, "active", "b"),
  ];
  it("counts files, and leaves out conflicts, held tasks and what is so already", () => {
    const plan = bulkPlan("pause", rows, rows);
    expect(planInWords("pause", plan, FILES)).toBe("Pause 3 tasks in 2 files");
    expect(planInWords("pause", plan, API)).toBe("Pause 3 tasks in 2 sources");
    expect(plan).toMatchObject({
      unchanged: 1,
      conflicts: [{ key: "b/4" }],
      held: [{ key: "b/5" }],
      sources: [
        { source: "b", count: 2, all: 4 },
        { source: "a", count: 1, all: 2 },
      ],
    });
  });
});

describe("the end of an action", () => {
  it.each([
    [{}, "Deleted 4 tasks"],
    [{ state: "stopped", changed: 1 }, "Deleted 1 task, then stopped; 3 tasks left as they were"],
    [{ state: "interrupted", changed: 2 }, "Deleted 2 tasks; the server stopped before the rest"],
    [{ changed: 0, unchanged: 4 }, "Nothing to do: they are so already"],
  ] as const)("%j: %s", (more, words) => {
    expect(outcomeInWords({ ...BULK, ...more }, FILES)).toBe(words);
  });

  it("names what was left out by its reason, and what does not reach the file", () => {
    const left = ["4", "9"].map(
      (task_id) => ({ source: "a", task_id, reason: "gone", message: "Gone" }) as const,
    );
    expect(leftOutInWords(left)).toEqual([{ reason: "Gone", ids: "4, 9" }]);
    const waits = [{ ...BULK.sources[0]!, waits: "No run has carried it yet" }];
    expect(troubleOf({ ...BULK, sources: waits }, FILES)).toEqual([
      "Not in the file yet: No run has carried it yet",
    ]);
    expect(troubleOf({ ...BULK, sources: waits }, API)).toEqual(["Not in a yet: No run has carried it yet"]);
    expect(troubleOf({ ...BULK, sources: waits, state: "running" }, FILES)).toEqual([]);
  });
});

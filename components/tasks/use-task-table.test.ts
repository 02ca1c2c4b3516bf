import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { TaskJson, TaskStanding } from "../../lib/protocol/task.ts";
import { FIELD_DEFAULTS } from "../../lib/task/fields.ts";
import { type ListedTask, toRow } from "../live/task-rows.ts";
import { useTaskTable } from "./use-task-table.ts";
import { EVERYTHING, type Sort } from "./view.ts";

const FACTS = { unknown: new Map<string, string>(), now: 0 };
const row = (given: Partial<TaskJson>, sync: TaskStanding["sync"] = "synced") =>
  toRow(
    {
      id: 1,
      source: "default",
      skill_name: "backup",
      schedule_cron: "0 2 * * *",
      ...FIELD_DEFAULTS,
      status: "active",
      updated_at: null,
      ...given,
    },
    { sync, reason: null, changed_at: null, changed_by: null },
  );

/** The ids in the order in which the table shows the rows. */
function shown(rows: readonly ListedTask[], sort: Sort, descending = false): unknown[] {
  const found: unknown[] = [];
  const Probe = () => {
    const table = useTaskTable(rows, { ...EVERYTHING, sort, descending }, true, FACTS, () => undefined);
    found.push(...table.getRowModel().rows.map(({ original }) => original.task.id));
    return null;
  };
  renderToStaticMarkup(createElement(Probe));
  return found;
}

describe("the order of tasks", () => {
  it("by id puts integers first, by value, then slugs", () => {
    const rows = [10, "b", 2, "a", 1].map((id) => row({ id }));
    expect(shown(rows, "id")).toEqual([1, 2, 10, "a", "b"]);
    expect(shown(rows, "id", true)).toEqual(["b", "a", 10, 2, 1]);
  });
  it("puts tasks without a time last both ways, and sorts equal rows by their ids", () => {
    const rows = [
      row({ id: 3 }),
      row({ id: 2, next_run_at: "2026-02-01" }),
      row({ id: 1 }),
      row({ id: 5, next_run_at: "2026-01-01" }),
      row({ id: 4, next_run_at: "2026-01-01" }),
    ];
    expect(shown(rows, "next")).toEqual([4, 5, 2, 1, 3]);
    expect(shown(rows, "next", true)).toEqual([2, 4, 5, 1, 3]);
  });
  it("by state shows first what needs a person, and by skill ignores case", () => {
    const rows = [
      row({ id: 1, skill_name: "b" }),
      row({ id: 2, skill_name: "C" }, "pending"),
      row({ id: 3, skill_name: "A" }, "conflict"),
    ];
    expect(shown(rows, "sync")).toEqual([3, 2, 1]);
    expect(shown(rows, "skill")).toEqual([3, 1, 2]);
  });
  it("by source groups the tasks of one file", () => {
    const rows = [
      row({ id: 1, source: "web" }),
      row({ id: 2, source: "billing" }),
      row({ id: 3, source: "web" }),
    ];
    expect(shown(rows, "source")).toEqual([2, 1, 3]);
  });
});

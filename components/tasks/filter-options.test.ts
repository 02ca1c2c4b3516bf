import { describe, expect, it } from "vitest";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { FIELD_DEFAULTS } from "../../lib/task/fields.ts";
import { toRow } from "../live/task-rows.ts";
import { filterOptions } from "./filter-options.ts";
import { EVERYTHING } from "./view.ts";

const FACTS = { unknown: new Map<string, string>(), now: 0 };
const row = (id: number, given: Partial<TaskJson>) =>
  toRow(
    {
      id,
      source: "crm",
      skill_name: "report",
      schedule_cron: "0 2 * * *",
      ...FIELD_DEFAULTS,
      updated_at: null,
      ...given,
    },
    { sync: "synced", reason: null, changed_at: null, changed_by: null },
  );
const rows = [
  row(1, { status: "active" }),
  row(2, { status: "paused" }),
  row(3, { status: "paused", source: "billing", skill_name: "letters" }),
];
const counts = (...given: Parameters<typeof filterOptions>) =>
  filterOptions(...given).flatMap(({ value, count }) => (count > 0 ? [[value, count]] : []));

describe("the counts of a filter", () => {
  it("are of all tasks without other filters", () => {
    expect(counts("statuses", rows, EVERYTHING, FACTS)).toEqual([
      ["active", 1],
      ["paused", 2],
    ]);
    expect(counts("sources", rows, EVERYTHING, FACTS)).toEqual([
      ["crm", 2],
      ["billing", 1],
    ]);
  });
  it("are of the tasks that pass the other filters and the search, whatever the filter itself says", () => {
    const view = { ...EVERYTHING, sources: ["crm"], q: "report" };
    expect(counts("statuses", rows, view, FACTS)).toEqual([
      ["active", 1],
      ["paused", 1],
    ]);
    expect(counts("sources", rows, { ...EVERYTHING, sources: ["crm"] }, FACTS)).toHaveLength(2);
  });
  it("keep what was chosen in the menu, although no task has it now", () => {
    const view = { ...EVERYTHING, q: "letters", skills: ["report"] };
    expect(filterOptions("skills", rows, view, FACTS).map(({ value, count }) => [value, count])).toEqual([
      ["letters", 1],
      ["report", 0],
    ]);
  });
});

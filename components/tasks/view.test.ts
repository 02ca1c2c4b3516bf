import { describe, expect, it } from "vitest";
import type { TaskJson, TaskStanding } from "../../lib/protocol/task.ts";
import { FIELD_DEFAULTS } from "../../lib/task/fields.ts";
import { toRow } from "../live/task-rows.ts";
import { EVERYTHING, filterRows, inOrderOfIds, type View, viewFrom, withView } from "./view.ts";

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
const ids = (rows: readonly { task: TaskJson }[]) => rows.map(({ task }) => task.id);
const view = (given: Partial<View>): View => ({ ...EVERYTHING, ...given });

describe("the address", () => {
  it("keeps the view, and its other parameters", () => {
    const wanted = view({
      q: "a & b",
      statuses: ["active", "paused"],
      skills: ["x,y", "z"],
      states: ["conflict", "overdue"],
      sources: ["billing", "web"],
      sort: "next",
      descending: true,
    });
    const search = withView(new URLSearchParams("task=7&q=old"), wanted);
    expect(search.get("task")).toBe("7");
    expect(viewFrom(new URLSearchParams(search.toString()))).toEqual(wanted);
  });
  it("of everything is empty", () =>
    expect(withView(new URLSearchParams("q=x"), EVERYTHING).toString()).toBe(""));
  it("of before there were so many states still works", () => {
    expect(viewFrom(new URLSearchParams("sync=pending,conflict")).states).toEqual([
      "conflict",
      "held",
      "waiting",
    ]);
    expect(viewFrom(new URLSearchParams("sync=synced")).states).toEqual(["overdue", "paused", "in_step"]);
  });
  it("with nonsense shows everything", () => {
    expect(viewFrom(new URLSearchParams("sort=sideways&status=odd,&sync=maybe&skill="))).toEqual(EVERYTHING);
  });
});

describe("filterRows", () => {
  const rows = [
    row({ id: 1, skill_name: "Backup", description: "Every database" }),
    row({ id: 2, skill_name: "report", status: "paused" }, "pending"),
    row({ id: "web-42", skill_name: "check", source: "web" }, "conflict"),
  ];
  it.each([
    [{ q: "DATA back" }, [1]],
    [{ q: "data report" }, []],
    [{ q: "42" }, ["web-42"]],
    [{ statuses: ["paused", "failed"] }, [2]],
    [{ skills: ["check", "report"] }, [2, "web-42"]],
    [{ states: ["waiting", "conflict"], q: "web" }, ["web-42"]],
    [{ sources: ["web"] }, ["web-42"]],
  ] satisfies [Partial<View>, unknown[]][])("%j", (given, wanted) => {
    expect(ids(filterRows(rows, view(given), FACTS))).toEqual(wanted);
  });
  it("returns the same list when nothing is filtered", () =>
    expect(filterRows(rows, EVERYTHING, FACTS)).toBe(rows));
});

describe("inOrderOfIds", () => {
  it("puts integers first, by value, then slugs, and sorts equal ids by source", () => {
    const rows = [
      row({ id: 10 }),
      row({ id: "b" }),
      row({ id: 2, source: "z" }),
      row({ id: "a" }),
      row({ id: 2, source: "y" }),
    ];
    expect(inOrderOfIds(rows).map(({ key }) => key)).toEqual([
      "y/2",
      "z/2",
      "default/10",
      "default/a",
      "default/b",
    ]);
  });
});

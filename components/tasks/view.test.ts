import { describe, expect, it } from "vitest";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { toRow } from "../live/task-rows.ts";
import { EVERYTHING, filterRows, sortRows, type SyncState, type View, viewFrom, withView } from "./view.ts";

const row = (given: Partial<TaskJson>, sync: SyncState = "synced") =>
  toRow(
    {
      id: 1, source: "default", skill_name: "backup", schedule_cron: "0 2 * * *", next_run_at: null, timezone: "UTC",
      status: "active", description: null, params: {}, updated_at: null, ...given,
    },
    { sync, reason: null, changed_at: null, changed_by: null },
  );
const ids = (rows: readonly { task: TaskJson }[]) => rows.map(({ task }) => task.id);
const view = (given: Partial<View>): View => ({ ...EVERYTHING, ...given });

describe("the address", () => {
  it("keeps the view, and what else stands in it", () => {
    const wanted = view({ q: "a & b", statuses: ["active", "paused"], skills: ["x,y", "z"], syncs: ["conflict"], sort: "next", descending: true });
    const search = withView(new URLSearchParams("task=7&q=old"), wanted);
    expect(search.get("task")).toBe("7");
    expect(viewFrom(new URLSearchParams(search.toString()))).toEqual(wanted);
  });
  it("of everything is empty", () => expect(withView(new URLSearchParams("q=x"), EVERYTHING).toString()).toBe(""));
  it("with nonsense shows everything", () => {
    expect(viewFrom(new URLSearchParams("sort=sideways&status=odd,&sync=maybe&skill="))).toEqual(EVERYTHING);
  });
});

describe("filterRows", () => {
  const rows = [
    row({ id: 1, skill_name: "Backup", description: "Every database" }),
    row({ id: 2, skill_name: "report", status: "paused" }, "pending"),
    row({ id: "web-42", skill_name: "check" }, "conflict"),
  ];
  it.each([
    [{ q: "DATA back" }, [1]],
    [{ q: "data report" }, []],
    [{ q: "42" }, ["web-42"]],
    [{ statuses: ["paused", "failed"] }, [2]],
    [{ skills: ["check", "report"] }, [2, "web-42"]],
    [{ syncs: ["pending", "conflict"], q: "web" }, ["web-42"]],
  ] satisfies [Partial<View>, unknown[]][])("%j", (given, wanted) => {
    expect(ids(filterRows(rows, view(given)))).toEqual(wanted);
  });
  it("keeps the very list when everything is wanted", () => expect(filterRows(rows, EVERYTHING)).toBe(rows));
});

describe("sortRows", () => {
  it("puts integers first, by value, then slugs", () => {
    const rows = [10, "b", 2, "a", 1].map((id) => row({ id }));
    expect(ids(sortRows(rows, "id", false))).toEqual([1, 2, 10, "a", "b"]);
    expect(ids(sortRows(rows, "id", true))).toEqual(["b", "a", 10, 2, 1]);
  });
  it("puts tasks without a time last both ways, and equal ones in the order of their ids", () => {
    const rows = [row({ id: 3 }), row({ id: 2, next_run_at: "2026-02-01" }), row({ id: 1 }), row({ id: 5, next_run_at: "2026-01-01" }), row({ id: 4, next_run_at: "2026-01-01" })];
    expect(ids(sortRows(rows, "next", false))).toEqual([4, 5, 2, 1, 3]);
    expect(ids(sortRows(rows, "next", true))).toEqual([2, 4, 5, 1, 3]);
  });
  it("shows first what needs someone", () => {
    const rows = [row({ id: 1 }), row({ id: 2 }, "pending"), row({ id: 3 }, "conflict")];
    expect(ids(sortRows(rows, "sync", false))).toEqual([3, 2, 1]);
  });
});

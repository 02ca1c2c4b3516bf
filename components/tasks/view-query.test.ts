import { describe, expect, it } from "vitest";
import type { ViewJson } from "../../lib/protocol/view.ts";
import { columnsFrom } from "./columns.ts";
import { EVERYTHING } from "./view.ts";
import { queryOf, shownView, viewOf } from "./view-query.ts";

const saved = (id: string, query: string): ViewJson => ({
  id,
  name: id,
  query,
  shared: false,
  own: true,
  owner: "Ada",
});
const all = [saved("late", "sort=next&sync=overdue"), saved("paused", "status=paused")];

describe("a view as a query", () => {
  it("has search, filters, order and columns, and is read back", () => {
    const view = viewOf("q=report&status=paused&sort=-next&columns=skill.320%2Cnext");
    expect(viewOf(queryOf(view))).toEqual(view);
    expect(queryOf(EVERYTHING, columnsFrom("skill,next"))).toBe("columns=skill%2Cnext");
    expect(queryOf(EVERYTHING)).toBe("");
  });
});

describe("the view that is shown", () => {
  it("is found by what the address says, in whatever order it was saved", () => {
    expect(shownView(all, null, viewOf("sync=overdue&sort=next"))).toMatchObject({
      saved: { id: "late" },
      edited: false,
    });
  });
  it("stays the chosen one after its filters are changed, and says so", () => {
    expect(shownView(all, "late", viewOf("sync=overdue&q=x"))).toMatchObject({
      saved: { id: "late" },
      edited: true,
    });
  });
  it("is none for all tasks, and for filters that nobody saved", () => {
    expect(shownView([...all, saved("all", "")], null, EVERYTHING)).toBeNull();
    expect(shownView(all, "removed", viewOf("q=x"))).toBeNull();
  });
});

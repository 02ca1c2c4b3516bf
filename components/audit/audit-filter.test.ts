import { describe, expect, it } from "vitest";
import { addressOf, apiQuery, filterFrom, isFiltered, NO_FILTER } from "./audit-filter.ts";

const at = (query: string) => filterFrom(new URLSearchParams(query));

describe("the filter of the audit", () => {
  it("is written to the address and read back from it", () => {
    const filter = {
      ...NO_FILTER,
      q: "a b&c",
      subject: "token" as const,
      actor: "user:ada@example.com",
      since: "2026-11-01",
    };
    expect(at(addressOf(filter))).toEqual(filter);
    expect(addressOf(NO_FILTER)).toBe("");
    expect([isFiltered(NO_FILTER), isFiltered(filter)]).toEqual([false, true]);
  });

  it("ignores parts of the address that it does not know", () => {
    expect(at("subject=nothing&since=yesterday&until=2026-13-45&other=1")).toEqual(NO_FILTER);
  });

  it("includes all of the last day", () => {
    const query = apiQuery(at("since=2026-11-21&until=2026-11-22&task=2"));
    expect(Object.fromEntries(query)).toEqual({
      task_id: "2",
      since: "2026-11-21",
      until: "2026-11-23T00:00:00.000Z",
    });
  });
});

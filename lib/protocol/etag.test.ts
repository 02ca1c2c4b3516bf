import { describe, expect, it } from "vitest";
import { namesEtag, taskEtag } from "./etag.ts";

describe("taskEtag", () => {
  it("changes with the task and not with the order of its keys", () => {
    const tag = taskEtag({ id: 1, params: { a: 1, b: 2 } });
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(taskEtag({ params: { b: 2, a: 1 }, id: 1 })).toBe(tag);
    expect(taskEtag({ id: "1", params: { a: 1, b: 2 } })).not.toBe(tag);
  });
});

describe("namesEtag", () => {
  it.each([
    ['"x"', true],
    ['"a", W/"x"', true],
    ["*", true],
    ['"a"', false],
    ["x", false],
    ["", false],
  ])("%s", (header, named) => {
    expect(namesEtag(header, '"x"')).toBe(named);
  });
});

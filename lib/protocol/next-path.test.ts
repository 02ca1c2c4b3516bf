import { expect, it } from "vitest";
import { nextPath } from "./next-path.ts";

it("is the path that was asked for", () => {
  for (const path of ["/", "/conflicts?state=closed", "/history/54fa38a4", "/file#L12", "/?q=a%20b"])
    expect(nextPath(path)).toBe(path);
});

it.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/ /evil.example",
  "/a\\b",
  "javascript:alert(1)",
  "",
  undefined,
  ["/a", "/b"],
  "/signin?next=/signin",
  "/api/tasks",
])("is neither another site, nor sign-in again, nor the API: %j", (asked) =>
  expect(nextPath(asked)).toBe("/"),
);

import { expect, it } from "vitest";
import { AS_CONFIGURED, sampleBody, sampleLines } from "./sample-form.ts";

it("asks for what sources.yml says, and for what was typed instead of it", () => {
  expect(sampleBody("s", AS_CONFIGURED)).toEqual({ source: "s" });
  expect(sampleLines(sampleBody("s", { ...AS_CONFIGURED, parent: "p1" }))).toBeNull();
  const body = sampleBody("s", {
    ...AS_CONFIGURED,
    path: " /a ",
    primary_key: "a, b",
    paginator: "{type: single_page}",
    parent: "p1",
  });
  expect(body).toEqual({
    source: "s",
    parent: "p1",
    resource: { path: "/a", primary_key: ["a", "b"], paginator: { type: "single_page" } },
  });
  expect(sampleLines(body)).toBe("path: /a\nprimary_key:\n  - a\n  - b\npaginator:\n  type: single_page");
});

it("asks for another map of a source of tasks", () => {
  const body = sampleBody("s", { ...AS_CONFIGURED, map: "id: number\nskill_name: name" });
  expect(body.resource).toEqual({ map: { id: "number", skill_name: "name" } });
  expect(() => sampleBody("s", { ...AS_CONFIGURED, map: "number" })).toThrow(
    "The map has to be a map, such as {id",
  );
});

it.each(["single_page", "[1]", "{", "~"])("refuses %s as a paginator", (paginator) => {
  expect(() => sampleBody("s", { ...AS_CONFIGURED, paginator })).toThrow("has to be a map");
});

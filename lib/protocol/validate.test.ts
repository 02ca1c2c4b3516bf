import { describe, expect, it } from "vitest";
import type { LockstepError } from "../errors.ts";
import { bulkResolveBodySchema, resolveBodySchema } from "./conflict.ts";
import { editQuery, historyQuery, listTasksQuery } from "./query.ts";
import { triggerBodySchema } from "./trigger.ts";
import { queryObject, validate } from "./validate.ts";

function errorsOf(schema: Parameters<typeof validate>[0], value: unknown) {
  try {
    validate(schema, value, "the body");
  } catch (error) {
    const { code, details } = error as LockstepError;
    expect(code).toBe("invalid_request");
    return details.errors;
  }
  throw new Error("was accepted as valid");
}

describe("bodies", () => {
  it("refuses a key that it does not know, by name", () => {
    expect(errorsOf(triggerBodySchema, { directon: "yaml_to_db" })).toEqual([
      { field: "directon", message: "is not a known key" },
    ]);
    expect(
      errorsOf(resolveBodySchema, { choice: "merge", fields: { a: { value: 1, side: "db" } } }),
    ).toHaveLength(1);
  });

  it("distinguishes a missing key from a wrong one", () => {
    expect(errorsOf(resolveBodySchema, {})).toEqual([{ field: "choice", message: "is missing" }]);
    expect(errorsOf(resolveBodySchema, { choice: "yaml" })).toEqual([
      { field: "choice", message: "must be one of keep_yaml, keep_db, merge, separate" },
    ]);
    expect(errorsOf(triggerBodySchema, { force: "yes", direction: "up" })).toHaveLength(2);
  });

  it("refuses a value that is no object", () => {
    for (const value of [null, [], "x", 1]) expect(errorsOf(triggerBodySchema, value)).toHaveLength(1);
  });

  it("accepts a side or a value for a field, also null", () => {
    const fields = { status: "yaml", description: { value: null }, "params.a": { value: { b: [1] } } };
    expect(validate(resolveBodySchema, { choice: "merge", fields }, "the body").fields).toEqual({
      ...fields,
      status: "file",
    });
    expect(errorsOf(resolveBodySchema, { choice: "merge", fields: { status: "file" } })).toHaveLength(1);
    expect(errorsOf(resolveBodySchema, { choice: "merge", fields: { status: {} } })).toHaveLength(1);
  });

  it("accepts conflict ids or all, never none", () => {
    const choice = "keep_db";
    expect(validate(bulkResolveBodySchema, { conflict_ids: "all", choice }, "the body").conflict_ids).toBe(
      "all",
    );
    expect(errorsOf(bulkResolveBodySchema, { conflict_ids: [], choice })).toHaveLength(1);
    expect(errorsOf(bulkResolveBodySchema, { conflict_ids: ["1"], choice })).toHaveLength(1);
  });
});

describe("query parameters", () => {
  const parse = (query: string) =>
    validate(listTasksQuery, queryObject(new URLSearchParams(query)), "the query");

  it("has defaults", () => {
    expect(parse("")).toEqual({ sort: "id", limit: 100 });
    expect(validate(editQuery, {}, "the query").wait).toBe(true);
  });

  it("accepts statuses repeated and separated by commas", () => {
    expect(parse("status=active,paused&status=failed").status).toEqual(["active", "paused", "failed"]);
    expect(parse("status=active").status).toEqual(["active"]);
  });

  it.each([
    "limit=0",
    "limit=501",
    "limit=1e2",
    "limit=-1",
    "limit=",
    "status=on",
    "sort=name",
    "q=",
    "q=%00",
    "nope=1",
    "sort=id&sort=-id",
  ])("refuses %s", (query) => {
    expect(() => parse(query)).toThrow(/^the query is not valid/);
  });

  it("accepts only the text false as false", () => {
    expect(validate(editQuery, { wait: "false" }, "the query").wait).toBe(false);
    expect(() => validate(editQuery, { wait: "no" }, "the query")).toThrow("wait must be true or false");
    expect(validate(historyQuery, { limit: "500" }, "the query").limit).toBe(500);
  });
});

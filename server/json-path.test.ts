import { describe, expect, it } from "vitest";
import { query } from "jsonpath-rfc9535";
import type { Json } from "../lib/json.ts";
import { simplePath, valuesAt } from "./json-path.ts";

const DOCUMENT: Json = {
  data: { rows: [{ id: 1 }], "odd name": 2, none: null },
  list: [[1], 2],
  toString: 3,
};

describe("values at a path", () => {
  it.each([
    ...[
      "$",
      "$.data",
      "$.data.rows",
      "$.data.none",
      "$.data.missing",
      "$.data.rows.length",
      "$.list.0",
      "$.toString",
    ],
    ...[
      "$.constructor",
      "$.data.rows[*]",
      "$['data']",
      "$.data['odd name']",
      "$..id",
      "$.list[0]",
      "$.data.*",
    ],
  ])("%s are those that the library finds", (path) => {
    const found = () => valuesAt(DOCUMENT, path);
    let wanted: Json[];
    try {
      wanted = query(DOCUMENT, path);
    } catch {
      return void expect(found).toThrow();
    }
    expect(found()).toEqual(wanted);
  });
});

it("a simple path only goes down by names", () => {
  expect([
    simplePath("$"),
    simplePath("$.data.rows"),
    simplePath("$.data[*]"),
    simplePath("$..data"),
  ]).toEqual([[], ["data", "rows"], null, null]);
});

import { describe, expect, it } from "vitest";
import { fieldName, fieldPath, getPath, isWithin, withPath } from "./path.ts";

it.each([
  [["a"], ["a"], true],
  [["a", "b"], ["a"], true],
  [["a"], ["a", "b"], false],
  [["b", "a"], ["a"], false],
  [["a", "c"], ["a", "b"], false],
  [["a"], [], true],
])("%j lies within %j: %s", (path, outer, within) => {
  expect(isWithin(path, outer)).toBe(within);
});

it.each([
  [["params", "a.b"], "params.a\\.b"],
  [["a\\", "b"], "a\\\\.b"],
  [["", "a"], ".a"],
])("%j has the name %s, which leads back to it", (path, name) => {
  expect(fieldName(path)).toBe(name);
  expect(fieldPath(name)).toEqual(path);
});

it("a backslash at the end of a name is part of the key", () => {
  expect(fieldPath("a\\")).toEqual(["a\\"]);
});

describe("a value at a path", () => {
  const map = { a: { b: 1 }, c: 2 };
  it("is found, set and removed, and a parent that is no map stops it", () => {
    expect([getPath(map, ["a", "b"]), getPath(map, ["c", "d"]), getPath(map, [])]).toEqual([
      1,
      undefined,
      map,
    ]);
    expect(withPath(map, ["a", "d"], 3)).toEqual({ a: { b: 1, d: 3 }, c: 2 });
    expect(withPath(map, ["x", "y"], 3)).toEqual({ ...map, x: { y: 3 } });
    expect(withPath(map, ["a", "b"], undefined)).toEqual({ a: {}, c: 2 });
    expect(withPath(map, ["c", "d"], 3)).toBeNull();
    expect(withPath(map, [], 3)).toBeNull();
  });
});

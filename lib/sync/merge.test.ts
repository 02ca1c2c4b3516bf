import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { mergeMaps } from "./merge.ts";
import { fieldName, fieldPath } from "./path.ts";

function merge(base: JsonMap, file: JsonMap, database: JsonMap) {
  const { value, conflicts, fileChanged, databaseChanged } = mergeMaps(base, file, database);
  return {
    value,
    conflicts: conflicts.map(({ path }) => fieldName(path)),
    file: fileChanged.map(fieldName),
    database: databaseChanged.map(fieldName),
  };
}

describe("mergeMaps", () => {
  it("merges edits of different keys at any depth", () => {
    expect(
      merge({ a: { b: { c: 1, d: 1 } } }, { a: { b: { c: 2, d: 1 } } }, { a: { b: { c: 1, d: 2 }, e: 1 } }),
    ).toEqual({
      value: { a: { b: { c: 2, d: 2 }, e: 1 } },
      conflicts: [],
      file: ["a.b.c"],
      database: ["a.b.d", "a.e"],
    });
  });

  it("finds the one key that both changed, and leaves its agreed value", () => {
    expect(merge({ a: { b: 1, c: 1 } }, { a: { b: 2, c: 2 } }, { a: { b: 3, c: 1 } })).toEqual({
      value: { a: { b: 1, c: 2 } },
      conflicts: ["a.b"],
      file: ["a.b", "a.c"],
      database: ["a.b"],
    });
  });

  it("takes lists whole", () => {
    expect(merge({ a: [1, 2] }, { a: [1, 2, 3] }, { a: [0, 1, 2] }).conflicts).toEqual(["a"]);
    expect(merge({ a: [1] }, { a: [1, 2] }, { a: [1, 2] })).toMatchObject({
      value: { a: [1, 2] },
      conflicts: [],
    });
  });

  it("does not treat null as absent", () => {
    expect(merge({ a: 1 }, {}, { a: null }).conflicts).toEqual(["a"]);
    expect(merge({ a: null }, {}, { a: null })).toMatchObject({ value: {}, file: ["a"] });
    expect(merge({}, { a: null }, {})).toMatchObject({ value: { a: null }, file: ["a"] });
  });

  it("a map that one side removed and the other edited is one conflict", () => {
    expect(merge({ a: { b: 1 } }, {}, { a: { b: 2 } }).conflicts).toEqual(["a"]);
  });

  it("maps added by both are merged, but a scalar that both made a map is not", () => {
    expect(merge({}, { a: { b: 1 } }, { a: { c: 1 } })).toMatchObject({
      value: { a: { b: 1, c: 1 } },
      conflicts: [],
    });
    expect(merge({}, { a: { b: 1 } }, { a: { b: 2 } }).conflicts).toEqual(["a.b"]);
    expect(merge({ a: 1 }, { a: { b: 1 } }, { a: { c: 1 } }).conflicts).toEqual(["a"]);
  });

  it("treats keys of objects as data", () => {
    const proto = JSON.parse('{"__proto__": 1}') as JsonMap;
    const { value } = mergeMaps({}, proto, { constructor: 1 });
    expect(JSON.stringify(value)).toBe('{"__proto__":1,"constructor":1}');
    expect(merge({}, {}, { toString: 1 })).toMatchObject({ value: { toString: 1 }, database: ["toString"] });
  });
});

const anyMap = fc
  .dictionary(
    fc.constantFrom("a", "b"),
    fc.oneof(
      fc.constantFrom(0, 1, null),
      fc.dictionary(fc.constantFrom("c", "d"), fc.constantFrom<0 | 1 | JsonMap>(0, 1, {}, { e: 1 }), {
        maxKeys: 2,
      }),
    ),
    { maxKeys: 2 },
  )
  .map((map): JsonMap => ({ ...map }));

describe("mergeMaps, for any maps", () => {
  it("is symmetric", () => {
    fc.assert(
      fc.property(anyMap, anyMap, anyMap, (base, one, other) => {
        const [there, back] = [mergeMaps(base, one, other), mergeMaps(base, other, one)];
        expect(back.value).toEqual(there.value);
        expect(back.conflicts.map(({ path }) => fieldName(path)).sort()).toEqual(
          there.conflicts.map(({ path }) => fieldName(path)).sort(),
        );
        expect(new Set(back.fileChanged.map(fieldName))).toEqual(
          new Set(there.databaseChanged.map(fieldName)),
        );
      }),
    );
  });

  it("an unchanged side adds nothing, and two equal ones agree", () => {
    fc.assert(
      fc.property(anyMap, anyMap, (base, edited) => {
        expect(mergeMaps(base, edited, base)).toMatchObject({
          value: edited,
          conflicts: [],
          databaseChanged: [],
        });
        expect(mergeMaps(base, base, edited)).toMatchObject({
          value: edited,
          conflicts: [],
          fileChanged: [],
        });
        expect(mergeMaps(base, edited, edited)).toMatchObject({ value: edited, conflicts: [] });
      }),
    );
  });
});

describe("field names", () => {
  it("escape dots and backslashes", () => {
    expect(fieldName(["params", "a.b", "c\\d"])).toBe("params.a\\.b.c\\\\d");
    expect(fieldPath("params.a\\.b")).toEqual(["params", "a.b"]);
  });
  it("convert back to their path", () => {
    const key = fc.string({ unit: fc.constantFrom(".", "\\", "a", "é", " ") });
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), (path) => {
        expect(fieldPath(fieldName(path))).toEqual(path);
      }),
    );
  });
});

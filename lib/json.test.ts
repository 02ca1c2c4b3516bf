import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, equalJson, isMap, type Json, type JsonMap, setKey } from "./json.ts";

const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json);

/** The same value with the keys of every map the other way round. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (!isMap(value)) return value;
  const copy: JsonMap = {};
  for (const key of Object.keys(value).reverse()) setKey(copy, key, turned(value[key] ?? null));
  return copy;
}

describe("equality and the canonical text", () => {
  it("do not depend on the order of keys", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(equalJson(value, turned(value))).toBe(true);
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it("agree with each other", () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(equalJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });

  it("keep the value", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(equalJson(JSON.parse(canonicalJson(value)) as Json, value)).toBe(true);
      }),
    );
  });

  it("tell null from absent, a map from a list, and own keys from inherited ones", () => {
    expect(equalJson(null, undefined)).toBe(false);
    expect(equalJson({ a: null }, { b: null })).toBe(false);
    expect(equalJson({}, [])).toBe(false);
    expect(equalJson({ toString: 1 }, { a: 1 })).toBe(false);
    expect(equalJson(undefined, undefined)).toBe(true);
  });
});

it("setKey sets an own key for every name", () => {
  const map: JsonMap = {};
  setKey(map, "__proto__", { a: 1 });
  expect(Object.keys(map)).toEqual(["__proto__"]);
  expect(canonicalJson(map)).toBe('{"__proto__":{"a":1}}');
  expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LockstepError } from "../errors.ts";
import { MAX_DEPTH, parseJson } from "./parse-json.ts";

function mistakeIn(text: string): LockstepError {
  try {
    parseJson(text);
  } catch (error) {
    return error as LockstepError;
  }
  throw new Error(`${text} was accepted as JSON`);
}

describe("parseJson", () => {
  it.each([
    ['{"a":1,}', 1, 8, "a key in double quotes"],
    ['{"a" 1}', 1, 6, "':'"],
    ['{\n  "a": tru\n}', 2, 8, "a value"],
    ["[1, 2", 1, 6, "',' or ']'"],
    ['{"a": 1', 1, 8, "',' or '}'"],
    ["{} x", 1, 4, "nothing more"],
    ["abc", 1, 1, "a value"],
    ["{'a': 1}", 1, 2, "a key in double quotes"],
    ['"a\tb"', 1, 1, "a value"],
    ["[01]", 1, 3, "',' or ']'"],
  ])("says where %j goes wrong", (text, line, column, expected) => {
    const error = mistakeIn(text);
    expect(error.code).toBe("invalid_json");
    expect(error.details).toMatchObject({ line, column });
    expect(error.message).toContain(`expected ${expected}`);
  });

  it("finds a mistake wherever JSON.parse does, inside the text", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", "}", ",", "x", '"', "[", "\\"),
        (text, at, put) => {
          const i = at % (text.length + 1);
          const broken = text.slice(0, i) + put + text.slice(i + 1);
          let valid = true;
          try {
            JSON.parse(broken);
          } catch {
            valid = false;
          }
          if (valid) return;
          const { line, column } = mistakeIn(broken).details as { line: number; column: number };
          expect(line).toBeGreaterThan(0);
          expect(column).toBeLessThanOrEqual(broken.length + 1);
        },
      ),
    );
  });

  it("refuses deep nesting before anything recursive sees it", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(parseJson(nested(MAX_DEPTH))).toBeInstanceOf(Array);
    expect(mistakeIn(nested(MAX_DEPTH + 1)).message).toContain("nested deeper");
    expect(mistakeIn("[".repeat(500_000)).message).toContain("nested deeper");
  });

  it("does not count brackets inside strings", () => {
    expect(parseJson(JSON.stringify("[".repeat(200)))).toBe("[".repeat(200));
    expect(parseJson(JSON.stringify(`"${"{".repeat(200)}\\`))).toBe(`"${"{".repeat(200)}\\`);
  });

  it("refuses a number that JSON.parse would change", () => {
    expect(mistakeIn('{"n": 9007199254740993}').message).toContain("more digits");
    expect(mistakeIn('{"n": 1e999}').code).toBe("invalid_json");
  });

  it("keeps a key named __proto__ as data", () => {
    expect(Object.keys(parseJson('{"__proto__": 1}') as object)).toEqual(["__proto__"]);
  });
});

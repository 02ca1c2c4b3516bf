import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markChanges, markTokens } from "./word-diff.ts";

/** The text with `[...]` around its marked parts. */
const marked = (text: string, other: string) =>
  markChanges(text, other)
    .map((part) => (part.changed ? `[${part.text}]` : part.text))
    .join("");

describe("the changed parts of a value", () => {
  it.each([
    ["Back up the database", "Back up the archive", "Back up the [database]"],
    ["0 2 * * *", "0 14 * * *", "0 [2] * * *"],
    ["a new long text here", "a text here", "a [new long ]text here"],
    ["same", "same", "same"],
    ["", "something", ""],
    ["all", "", "[all]"],
    ["Grüße aus Köln", "Grüße aus Bonn", "Grüße aus [Köln]"],
    ["keep_days: 30", "keep_days: 31", "keep_days: [30]"],
    ["one two three", "four five six", "[one two three]"],
  ])("%s beside %s", (text, other, wanted) => {
    expect(marked(text, other)).toBe(wanted);
  });

  it("make up the value, and unmarked parts are in the other value too, in order", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", " ", "c d", "1", "\n", "é", "."))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const parts = markChanges(a, b);
        expect(parts.map((part) => part.text).join("")).toBe(a);
        let from = 0;
        for (const { text: kept } of parts.filter((part) => !part.changed)) {
          for (const char of kept) {
            const at = b.indexOf(char, from);
            expect(at).toBeGreaterThanOrEqual(from);
            from = at + 1;
          }
        }
      }),
    );
  });

  it("of very long values are the whole value, found at once", () => {
    const long = (word: string) => Array.from({ length: 5_000 }, (_, i) => `${word}${i}`).join(" ");
    expect(markChanges(long("a"), long("b")).length).toBeGreaterThan(0);
  });
});

it.each([
  ["a changed line", ["a", "x"], ["a", "b"], [false, true]],
  ["an added line, and none for a removed one", ["a", "c", "d"], ["a", "b", "c"], [false, false, true]],
  ["nothing without a state to compare with", ["a"], null, [false]],
])("of lines marks %s", (_name, lines, against, marks) => {
  expect(markTokens(lines, against).map(({ changed }) => changed)).toEqual(marks);
  expect(markTokens(lines, against).map(({ text }) => text)).toEqual(lines);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readByParser } from "./simple-item.fixture.ts";
import { readSimpleItem } from "./simple-item.ts";

const CHUNK = `  - id: 1
    skill_name: daily-backup # kept
    # a comment
    schedule_cron: "0 2 * * *"   # every day
    description: |
      first # no comment

        deeper
      last

    params:
      path: 'it''s here'
      escaped: "a \\"b\\" \\n"
      list:
      - a
      - 2
      deeper:
        - name: x
          value: -0.5
        - name: "y"
      flow: [a, "b c", 3] # flow
      map: {cpu: 1, memory: "4Gi", none: {}}
      empty:
      on: [success]
      time: 12:30
      date: 2026-01-31
      none: ~
      yes: true
    url: http://x.example/#top?a=b&c=*

  # the next one's
`;

/** Pieces that change how YAML reads the text around them. */
const SCRAPS = [
  "",
  " ",
  "  ",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "\t",
  "#",
  " #",
  "# ",
  "-",
  "- ",
  ": ",
  ":",
  "'",
  '"',
  "''",
  "\\",
  "|",
  "|-",
  ">",
  "|2\n",
  "[",
  "]",
  "{",
  "}",
  ",",
  ", ",
  "&a ",
  "*a",
  "!!str ",
  "? ",
  "%",
  "---\n",
  "~",
  "null",
  "true",
  "no",
  "0",
  "-0",
  "00",
  "0x1F",
  "1e3",
  ".5",
  "1.",
  "+1",
  ".inf",
  "1_000",
  "12345678901234567",
  "<<: ",
  "a: b",
  "\n    key: v\n",
  "\n      - x\n",
  "\n        deep",
  "__proto__: 1",
  "é",
  "\u00A0",
  "\u2028",
  "😀",
  "\uFEFF",
  "\u0007",
  "=",
  "@",
  "`",
  "$",
  "(",
  "/",
];

describe("readSimpleItem", () => {
  it("reads an item in the common style as the parser does", () => {
    const chunk = CHUNK.replace(", none: {}", "");
    expect(readSimpleItem(chunk)).toEqual(readByParser(chunk));
    expect(readSimpleItem(chunk)?.json["description"]).toBe("first # no comment\n\n  deeper\nlast\n");
    expect(readSimpleItem(chunk.replaceAll("\n", "\r\n"))).toEqual(
      readByParser(chunk.replaceAll("\n", "\r\n")),
    );
  });

  it.each([
    "k: 012",
    "k: 0x10",
    "k: 1e3",
    "k: .inf",
    "k: &a 1",
    "k: *a",
    "k: !!str 1",
    "k: >\n      x",
    "k: a\n      b",
    "k: {a: {}}",
    'k: "\\u00e9"',
    "true: 1",
    "k: 1\n    k: 2",
    "k: a: b",
    "<<: *a",
    "'k': 1",
  ])("leaves %j to the parser", (lines) => {
    expect(readSimpleItem(`  - id: 1\n    ${lines}\n`)).toBeUndefined();
  });

  it("never reads a text differently than the parser", () => {
    let read = 0;
    const edit = fc.record({ at: fc.nat(), cut: fc.nat(9), scrap: fc.constantFrom(...SCRAPS) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 2 }), (edits) => {
        let chunk = CHUNK.replace(", none: {}", "");
        for (const { at, cut, scrap } of edits) {
          const from = at % (chunk.length + 1);
          chunk = chunk.slice(0, from) + scrap + chunk.slice(from + cut);
        }
        const simple = readSimpleItem(chunk);
        if (!simple) return;
        read += 1;
        expect(simple).toEqual(readByParser(chunk));
      }),
      { numRuns: 8_000 },
    );
    expect(read).toBeGreaterThan(800);
  });

  it("never reads a value differently than the parser", () => {
    let read = 0;
    const value = fc
      .array(fc.oneof(fc.constantFrom(...SCRAPS), fc.constantFrom("a", "B", "7", "1", ".", "_", "x y")), {
        minLength: 1,
        maxLength: 6,
      })
      .map((parts) => parts.join(""));
    const wrap = fc.constantFrom(
      (text: string) => text,
      (text: string) => `"${text}"`,
      (text: string) => `'${text}'`,
      (text: string) => `[${text}, 2]`,
      (text: string) => `{a: ${text}}`,
      (text: string) => `|\n      ${text}`,
    );
    fc.assert(
      fc.property(value, wrap, fc.constantFrom("", " # c", "\n    next: 1"), (text, dress, tail) => {
        for (const chunk of [
          `- k: ${dress(text)}${tail}\n`,
          `- id: 1\n  list:\n    - ${dress(text)}${tail}\n`,
        ]) {
          const simple = readSimpleItem(chunk);
          if (!simple) continue;
          read += 1;
          expect(simple).toEqual(readByParser(chunk));
        }
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(3000);
  });
});

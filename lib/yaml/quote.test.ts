import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isBlockSafe, isPlainSafe, type Quoting, scalarText } from "./quote.ts";
import { blockValue, type Style } from "./render.ts";

const STYLE: Style = { eol: "\n", quotes: "double", listIndent: 2, padding: "", unended: false, json: false };

/** Text that a YAML 1.2 or 1.1 reader (such as PyYAML) does not read as itself. */
const TRAPS = [
  "",
  " ",
  "~",
  "null",
  "Null",
  "NULL",
  "true",
  "True",
  "FALSE",
  "yes",
  "No",
  "ON",
  "on",
  "off",
  "y",
  "N",
  "=",
  "<<",
  "0",
  "-1",
  "+1",
  "007",
  "0755",
  "0o17",
  "0x1F",
  "0b101",
  "1_000",
  "1.5",
  ".5",
  "5.",
  "1e3",
  "1.5e+3",
  "E0",
  "-e5",
  "-.inf",
  ".NaN",
  "12:30",
  "1:30:45",
  "190:20:30.15",
  "685_230.15",
  ".",
  "+.5",
  "2026-01-31",
  "2026-1-3",
  "2026-01-31T03:00:00Z",
  "2026-01-31 03:00:00 +1",
  "- a",
  "-",
  "? a",
  "?",
  ": a",
  ":",
  "a: b",
  "a:",
  "a #b",
  "#a",
  "&a",
  "*a",
  "!a",
  "|",
  ">",
  "'a",
  '"a',
  "%a",
  "@a",
  "`a",
  "{a",
  "}a",
  "[a",
  "]a",
  ",a",
  "---",
  "... a",
  "--- a",
  " a",
  "a ",
  "a\tb",
  "\ta",
  "a\n",
  "a\nb",
  "\n",
  "\na",
  "a\n\nb\n",
  "a\r\nb",
  "\0",
  "\x07",
  "\x7f",
  "\u0085",
  "\u00a0",
  "\u2028",
  "\ufeff",
  "\\",
  "\\n",
  'say "x"',
  "it's",
  "*/5 * * * *",
  "1,000",
  "a,b",
  "http://x:1",
  "x{y}",
  "🙂",
];
const PLAIN = [
  "a",
  "0 3 * * *",
  "15 4 1 1 1",
  "backup.sh",
  "s3://bucket/x",
  "Europe/Berlin",
  "über",
  "日本",
  "a-b",
  "a - b",
  "it's",
  "1.2.3-beta",
  "x: y".replace(": ", ":"),
  "-x",
  "a#b",
  "v1",
  "10 minutes",
  "nonsense",
  "year",
];

const WISHES: Quoting[] = ["plain", "single", "double"];

function readBack(text: string, version: "1.1" | "1.2"): unknown {
  return parse(text, { version, logLevel: "silent" });
}

describe("scalarText", () => {
  it.each([...TRAPS, ...PLAIN])("%j reads back as itself everywhere, in YAML 1.2 and 1.1", (value) => {
    for (const wish of WISHES) {
      for (const version of ["1.1", "1.2"] as const) {
        const block = scalarText(value, { flow: false, wish, fallback: "double" });
        const flow = scalarText(value, { flow: true, wish, fallback: "single" });
        expect(block).not.toContain("\n");
        expect(readBack(`k: ${block}\nl:\n  - ${block}\n`, version)).toEqual({ k: value, l: [value] });
        expect(readBack(`{k: ${flow}, l: [${flow}]}`, version)).toEqual({ k: value, l: [value] });
        expect(readBack(`${block}: 1\n`, version)).toEqual({ [value]: 1 });
      }
    }
  });

  it.each(PLAIN)("%j needs no quotes", (value) => {
    expect(scalarText(value, { flow: false, wish: "plain", fallback: "double" })).toBe(value);
  });

  it.each(["on", "Yes", "12:30", "0755", "1_000", "=", "2026-01-31", "~", "null", "y", "1e3", "0x1F", ".5"])(
    "%j is quoted",
    (value) => {
      expect(scalarText(value, { flow: false, wish: "plain", fallback: "double" })).toBe(`"${value}"`);
      expect(scalarText(value, { flow: false, wish: "plain", fallback: "single" })).toBe(`'${value}'`);
    },
  );

  it("writes a timestamp without quotes when the old one had none", () => {
    const value = "2026-01-31T03:00:00.000Z";
    expect(scalarText(value, { flow: false, wish: "plain", fallback: "double", plainTimestamp: true })).toBe(
      value,
    );
    expect(
      scalarText("12:30", { flow: false, wish: "plain", fallback: "double", plainTimestamp: true }),
    ).toBe('"12:30"');
  });

  it.each([
    "2026-13-01",
    "2026-02-30T00:00:00Z",
    "0000-01-01",
    "2026-01-01T24:00:00Z",
    "2026-01-01 00:00:60",
  ])("%j is quoted also in the place of a timestamp, because YAML 1.1 fails on it", (value) => {
    const context = { flow: false, wish: "plain", fallback: "double", plainTimestamp: true } as const;
    expect(scalarText(value, context)).toBe(`"${value}"`);
  });

  it.each([0, -0, 1, -17, 0.1, 1e21, 1.5e300, 1e-7, -2.5e-9, Number.MAX_SAFE_INTEGER])(
    "the number %d is one in YAML 1.2 and 1.1",
    (value) => {
      const text = scalarText(value, { flow: false, wish: "double", fallback: "double" });
      for (const version of ["1.1", "1.2"] as const)
        expect(readBack(`k: ${text}`, version)).toEqual({ k: value === 0 ? 0 : value });
      // PyYAML reads an exponent only after a point, and with a sign.
      expect(text).toMatch(/^-?\d+(\.\d+)?(?:(?<=\.\d+)e[-+]\d+)?$/);
    },
  );

  it("holds for any text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "grapheme" }),
          fc.string({ unit: "binary" }),
          fc.stringMatching(/^[-+.:_0-9eEx #'"\n,{}[\]a-f]{0,12}$/),
        ),
        fc.constantFrom(...WISHES),
        fc.boolean(),
        (value, wish, flow) => {
          const text = scalarText(value, { flow, wish, fallback: "double" });
          for (const version of ["1.1", "1.2"] as const)
            expect(readBack(flow ? `[${text}]` : `- ${text}`, version)).toEqual([value]);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("writes block scalars that read back as they were", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-c #:\n\t|'-]{1,20}$/), (value) => {
        if (isBlockSafe(value)) expect(isPlainSafe(value, false) && value.includes("\n")).toBe(false);
        for (const version of ["1.1", "1.2"] as const)
          expect(readBack(`k:${blockValue(value, 0, STYLE)}\nz: 1\n`, version)).toEqual({ k: value, z: 1 });
      }),
      { numRuns: 2000 },
    );
  });
});

import fc from "fast-check";
import { stringify } from "yaml";
import type { Json } from "../json.ts";
import { jsonOf } from "./json-of.ts";
import { chunkTree } from "./parse-tree.ts";

/** What the parser reads in the lines of one item; undefined when it finds a problem. */
export function readByParser(chunk: string): { json: Json; start: number } | undefined {
  const tree = chunkTree(chunk);
  const item = tree?.seq.items.length === 1 ? tree.seq.items[0] : undefined;
  if (!tree || !item) return undefined;
  const { value, issues } = jsonOf(item, tree.aliases);
  return issues.length === 0 ? { json: value, start: item.range[0] } : undefined;
}

/** Scalars on which YAML 1.1, YAML 1.2 and a quick reader may disagree. */
const SCALARS = [
  ...[
    "",
    "a",
    "daily backup",
    "it's",
    'say "x"',
    "http://x.example/#top?a=b&c=*",
    "a:b",
    "a #b",
    "-x",
    "- x",
  ],
  ...[
    "y",
    "n",
    "yes",
    "No",
    "on",
    "OFF",
    "true",
    "False",
    "TRUE",
    "tRUE",
    "null",
    "Null",
    "~",
    "nil",
    "none",
  ],
  ...[
    "0",
    "-0",
    "+1",
    "007",
    "0o17",
    "0x1F",
    "0b11",
    "1_000",
    "1.",
    ".5",
    "-.5",
    "1.50",
    "1e3",
    "1E-2",
    "-1.5e+9",
  ],
  ...[
    "9007199254740993",
    "123456789012345",
    "1234567890123456",
    "0.1234567890123456",
    ".inf",
    "-.INF",
    ".nan",
  ],
  ...["2026-01-31", "2026-01-31T10:00:00Z", "2026-1-3 1:02:03", "12:30", "190:20:30", "1.2.3", "=", "<<"],
  ...[
    "é",
    "日本",
    "😀",
    "\u00a0x",
    "x\u00a0",
    "\u2028",
    "\ufeff",
    "a\tb",
    "\t",
    "x ",
    "$HOME",
    "(a)",
    "/tmp",
    "@a",
  ],
  ...[
    "`a`",
    "%a",
    "!a",
    "&a",
    "*a",
    "? a",
    "|",
    ">",
    "{",
    "}",
    "[",
    "]",
    ",",
    "a, b",
    "a]",
    "{a}",
    "#a",
    "__proto__",
  ],
];
const KEYS = [
  ...[
    "id",
    "skill_name",
    "params",
    "a",
    "b",
    "_c",
    "d.e",
    "f-g",
    "H1",
    "x y",
    "é",
    "1",
    "1.5",
    "-k",
    "?k",
    "a:b",
  ],
  ...[
    "true",
    "No",
    "null",
    "~",
    "<<",
    "__proto__",
    "constructor",
    "'q'",
    '"q"',
    '"a b"',
    "&k a",
    "!!str a",
    "? a",
  ],
];
/** Put before a value. */
const PROPERTIES = ["&x ", "*x ", "!!str ", "!!int ", "!local ", "! ", "!!str &x ", "  ", "\t", "- ", "? "];
const COMMENTS = [" # c", "   #", " #: x", "#no", "\t# c", " ", "\t", " '# c'"];
const HEADERS = ["|", "|-", "|+", "|2", ">", ">-", "| # c", "|#c", "|-  ", "|\t"];

const indented = (text: string, by: number) => text.replace(/^(?=[^\r\n])/gm, " ".repeat(by));

const oddScalar = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...SCALARS) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 6 }) },
);
const scalar: fc.Arbitrary<string> = fc
  .tuple(
    oddScalar,
    fc.constantFrom(
      ...[
        (text: string) => text,
        (text: string) => `'${text}'`,
        (text: string) => `'${text.replaceAll("'", "''")}'`,
        (text: string) => `"${text}"`,
        (text: string) => JSON.stringify(text),
      ],
    ),
  )
  .map(([text, dress]) => dress(text));

const flow = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthIdentifier: "flow" },
    { weight: 4, arbitrary: scalar },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.array(tie("value"), { maxLength: 3 }), fc.constantFrom(", ", ",", " , ", ",\n      "))
        .map(([items, comma]) => `[${items.join(comma)}]`),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(": ", ":", " : "), tie("value")), {
          maxLength: 3,
        })
        .map((pairs) => `{${pairs.map((parts) => parts.join("")).join(", ")}}`),
    },
  ),
})).value;

const literal = fc
  .tuple(
    fc.constantFrom(...HEADERS),
    fc.array(fc.constantFrom("first", "  deeper", "", "# text", "- x", "k: v", " ", "\tx", "last  "), {
      maxLength: 4,
    }),
    fc.nat(3),
  )
  .map(([header, lines, by]) => `${header}\n${indented(lines.join("\n"), by)}`);

const odd = (texts: readonly string[], weight: number) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant("") }, { weight, arbitrary: fc.constantFrom(...texts) });

/** A map of block style, as lines without indentation. */
const block = fc.letrec<{ map: string; value: string }>((tie) => ({
  map: fc
    .array(
      fc
        .tuple(
          fc.oneof(
            { weight: 6, arbitrary: fc.constantFrom("a", "b", "c", "id", "params") },
            fc.constantFrom(...KEYS),
          ),
          fc.oneof({ weight: 9, arbitrary: fc.constant(":") }, fc.constantFrom(" :", ":  ", ":\t")),
          tie("value"),
          odd(COMMENTS, 2),
          odd(["\n", "\n\n", "\n# c", "\n      # deep", "\n  ", "\n\t"], 2),
        )
        .map((parts) => parts.join("")),
      { minLength: 1, maxLength: 4 },
    )
    .map((lines) => lines.join("\n")),
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: "block" },
    {
      weight: 5,
      arbitrary: fc.tuple(odd(PROPERTIES, 2), scalar).map(([before, text]) => ` ${before}${text}`),
    },
    { weight: 2, arbitrary: fc.tuple(odd(PROPERTIES, 1), flow).map(([before, text]) => ` ${before}${text}`) },
    { weight: 1, arbitrary: literal.map((text) => ` ${indented(text, 2)}`.replace(/^ +/, " ")) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("map"), fc.integer({ min: 1, max: 3 }))
        .map(([map, by]) => `\n${indented(map, by)}`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.array(fc.oneof(scalar, flow, tie("map")), { minLength: 1, maxLength: 3 }),
          fc.nat(2),
          fc.nat(2),
        )
        .map(
          ([items, by, gap]) =>
            `\n${indented(items.map((item) => `-${" ".repeat(gap + 1)}${indented(item, gap + 2).trimStart()}`).join("\n"), by)}`,
        ),
    },
  ),
})).map;

/** What the library itself writes for any JSON value, in any of its styles. */
const printed = fc
  .tuple(
    fc.dictionary(fc.oneof(fc.constantFrom("a", "id", "b_c"), oddScalar), fc.jsonValue({ maxDepth: 3 }), {
      minKeys: 1,
    }),
    fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 20, 80),
      version: fc.constantFrom("1.1" as const, "1.2" as const),
      defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const, "QUOTE_SINGLE" as const),
    }),
  )
  .map(([value, options]) => stringify(value, options));

/** The lines of one item of a list, in any style that people or programs write, sound or not. */
export const anyItem: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: block }, { weight: 1, arbitrary: printed }),
    fc.nat(2),
    fc.nat(1),
    fc.constantFrom("\n", "", "\n\n  # the next one's\n"),
    fc.oneof({ weight: 5, arbitrary: fc.constant("\n") }, fc.constantFrom("\r\n", "\r")),
  )
  .map(([map, by, gap, tail, newline]) => {
    const lines = indented(map, gap + 2).trimStart();
    return (indented(`-${" ".repeat(gap + 1)}${lines}`, by) + tail).replaceAll("\n", newline);
  });

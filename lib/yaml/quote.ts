/** How a string stands in the text. */
export type Quoting = "plain" | "single" | "double";

/** Plain text that some YAML reader takes for something other than a string (1.2 core schema; 1.1 as PyYAML and others read it). */
const AMBIGUOUS = [
  /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<)$/i,
  /^[-+]?\.(?:inf|nan)$/i,
  // Integers and floats in every base, with underscores, in sixties (12:30), and what merely looks like one.
  /^[-+]?(?:0[xob][0-9a-f_]*|[0-9][0-9_,.:]*(?:e[-+]?[0-9]*)?|\.[0-9_.]*(?:e[-+]?[0-9]*)?)$/i,
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt \t].*)?$/,
];

const ISO_TIMESTAMP = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** Printable in YAML, and not a line break to any reader (1.1 counts U+0085, U+2028 and U+2029). */
const NOT_INLINE =
  /[\0-\x1F\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const ESCAPED = new RegExp(`["\\\\]|${NOT_INLINE.source}`, "g");

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\0": "\\0",
};

export interface ScalarContext {
  /** Within `[]` or `{}`, where some characters end a plain scalar. */
  flow: boolean;
  /** The quoting wanted; a safer one is taken where the value does not allow it. */
  wish: Quoting;
  /** What to take for plain text that needs quotes. */
  fallback: Exclude<Quoting, "plain">;
  /** A timestamp may stand plain: the value before did. */
  plainTimestamp?: boolean;
}

/** A value that is not a collection, in one line. */
export function scalarText(value: null | boolean | number | string, context: ScalarContext): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value !== "string") return String(value);
  const { wish, fallback, flow } = context;
  if (wish === "plain" && (isPlainSafe(value, flow) || (context.plainTimestamp && ISO_TIMESTAMP.test(value))))
    return value;
  const quoting = wish === "plain" ? fallback : wish;
  if (quoting === "single" && !NOT_INLINE.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return `"${value.replace(ESCAPED, escape)}"`;
}

export function isTimestampText(text: string): boolean {
  return ISO_TIMESTAMP.test(text);
}

/** Whether plain text reads back as this very string, in YAML 1.2 and in 1.1. */
export function isPlainSafe(value: string, flow: boolean): boolean {
  if (value === "" || value !== value.trim() || NOT_INLINE.test(value)) return false;
  if (/^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|^(?:---|\.\.\.)/.test(value)) return false;
  if (/:(?:\s|$)|\s#/.test(value)) return false;
  // Some readers end a plain scalar at any of these within brackets; also right behind a colon.
  if (flow && /[,[\]{}]|^[-?:]|:/.test(value)) return false;
  return !AMBIGUOUS.some((pattern) => pattern.test(value));
}

/** Readable as the same number in 1.2 and 1.1, where an exponent needs a point before it and a sign. */
function numberText(value: number): string {
  return String(value).replace(/^(-?\d+)e/, "$1.0e");
}

function escape(character: string): string {
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Whether the text can stand as a block scalar (`|`), with nothing lost or guessed at. */
export function isBlockSafe(value: string): boolean {
  // A first line that is blank or begins with a space would need an indentation indicator.
  if (value === "" || /^\s/.test(value) || /\n\n$/.test(value) || /^[ \t]+$/m.test(value)) return false;
  return !NOT_INLINE.test(value.replace(/[\n\t]/g, ""));
}

/** Whether it has several lines, so that a block scalar is how people would write it. */
export function isLiteralSafe(value: string): boolean {
  return value.includes("\n") && isBlockSafe(value);
}

/** How a string is written. */
export type Quoting = "plain" | "single" | "double";

/**
 * Plain text that some YAML reader takes for another type than a string (1.2 core schema; 1.1 as PyYAML reads
 * it).
 */
const AMBIGUOUS = [
  /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<)$/i,
  /^[-+]?\.(?:inf|nan)$/i,
  // Integers and floats in every base, with underscores, in base 60 (12:30), and text that only looks like
  // one.
  /^[-+]?(?:0[xob][0-9a-f_]*|[0-9][0-9_,.:]*(?:e[-+]?[0-9]*)?|\.[0-9_.]*(?:e[-+]?[0-9]*)?|e[-+]?[0-9]+)$/i,
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt \t].*)?$/,
];

const ISO_TIMESTAMP =
  /^(?!0000)(\d{4}-\d\d-\d\d)(?:[Tt ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?$/;

/**
 * Characters that YAML cannot print, or that some reader takes for a line break (1.1: U+0085, U+2028,
 * U+2029).
 */
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
  /** True inside `[]` or `{}`, where some characters end a plain scalar. */
  flow: boolean;
  /** The wanted quoting; a safer one is used when the value does not allow it. */
  wish: Quoting;
  /** Quotes for plain text that needs some. */
  fallback: Exclude<Quoting, "plain">;
  /** True when a timestamp may be written without quotes, because the value before it was. */
  plainTimestamp?: boolean;
}

/** Writes a value that is not a collection in one line. */
export function scalarText(value: null | boolean | number | string, context: ScalarContext): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value !== "string") return String(value);
  const { wish, fallback, flow } = context;
  if (wish === "plain" && (isPlainSafe(value, flow) || (context.plainTimestamp && isTimestampText(value))))
    return value;
  const quoting = wish === "plain" ? fallback : wish;
  if (quoting === "single" && !NOT_INLINE.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return `"${value.replace(ESCAPED, escape)}"`;
}

/** Whether the text is a time that YAML 1.1 reads as one; it fails on a day that does not exist, as 30 February. */
export function isTimestampText(text: string): boolean {
  const day = ISO_TIMESTAMP.exec(text)?.[1];
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day ?? "");
}

/** Whether the string, written without quotes, reads back as the same string in YAML 1.2 and in 1.1. */
export function isPlainSafe(value: string, flow: boolean): boolean {
  if (value === "" || value !== value.trim() || NOT_INLINE.test(value)) return false;
  if (/^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|^(?:---|\.\.\.)/.test(value)) return false;
  if (/:(?:\s|$)|\s#/.test(value)) return false;
  // Inside brackets some readers end a plain scalar at any of these characters.
  if (flow && /[,[\]{}]|^[-?:]|:/.test(value)) return false;
  return !AMBIGUOUS.some((pattern) => pattern.test(value));
}

/** Writes a number that 1.2 and 1.1 read alike. In 1.1 an exponent needs a point before it, and a sign. */
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

/** Whether the text can be written as a block scalar (`|`) without losing anything. */
export function isBlockSafe(value: string): boolean {
  // A first line that is blank or begins with a space would need an indentation indicator.
  if (value === "" || /^\s/.test(value) || /\n\n$/.test(value) || /^[ \t]+$/m.test(value)) return false;
  return !NOT_INLINE.test(value.replace(/[\n\t]/g, ""));
}

/** Whether people would write the text as a block scalar, since it has several lines. */
export function isLiteralSafe(value: string): boolean {
  return value.includes("\n") && isBlockSafe(value);
}

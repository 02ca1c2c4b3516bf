import { isMap, type Json, type JsonMap } from "../json.ts";
import { isLiteralSafe, type Quoting, type ScalarContext, scalarText } from "./quote.ts";

/** How new text is written, so that it looks like the text around it. */
export interface Style {
  eol: "\n" | "\r\n";
  /** Quotes for text that needs some. */
  quotes: Exclude<Quoting, "plain">;
  /** Indentation of a list's dashes from the key of the list: 0 or 2. */
  listIndent: number;
  /** Padding inside flow brackets: `{ a: 1 }` or `{a: 1}`. */
  padding: "" | " ";
  /** True when the text does not end with a line break, so that its last line may be a value's last one. */
  unended: boolean;
  /** True when everything inside brackets is quoted, as in JSON. */
  json: boolean;
  /** Quoting of the values of a task's keys, as in the other tasks. */
  quoting?: ReadonlyMap<string, Quoting>;
}

type ScalarValue = null | boolean | number | string;

/**
 * The text after `key:` or a dash in block style: a space and a value in the same line, or the lines of a
 * collection. `indent` is the column of the key or dash.
 */
export function blockValue(
  value: Json,
  indent: number,
  style: Style,
  scalar: Partial<ScalarContext> = {},
): string {
  if (Array.isArray(value) && value.length > 0) {
    const column = indent + style.listIndent;
    return value
      .map((item) => `${style.eol}${" ".repeat(column)}-${afterDash(item, column, style)}`)
      .join("");
  }
  if (isMap(value) && Object.keys(value).length > 0) {
    const column = indent + 2;
    return `${style.eol}${" ".repeat(column)}${blockEntries(value, column, style)}`;
  }
  return ` ${inlineValue(value, indent, style, scalar)}`;
}

/** The text after a dash at column `indent`: a map begins in the same line. */
export function afterDash(value: Json, indent: number, style: Style): string {
  if (isMap(value) && Object.keys(value).length > 0) return ` ${blockEntries(value, indent + 2, style)}`;
  // The dashes of a list inside a list are always indented.
  return blockValue(value, indent, { ...style, listIndent: 2 });
}

/** The lines of a map's keys at `column`; the first line is not indented. */
export function blockEntries(map: JsonMap, column: number, style: Style): string {
  const nested = style.quoting ? { ...style, quoting: undefined } : style;
  return Object.entries(map)
    .map(
      ([key, value]) =>
        `${keyText(key, style, false)}:${blockValue(value, column, nested, wishFor(key, style))}`,
    )
    .join(`${style.eol}${" ".repeat(column)}`);
}

/** A value in one line, or a literal block whose lines are indented deeper than `indent`. */
function inlineValue(value: Json, indent: number, style: Style, scalar: Partial<ScalarContext>): string {
  if (typeof value === "object" && value !== null) return flowValue(value, style);
  if (
    typeof value === "string" &&
    isLiteralSafe(value) &&
    !isCutShort(value, style) &&
    scalar.wish !== "double" &&
    scalar.wish !== "single"
  )
    return literal(value, indent + 2, style);
  return scalarText(value, { flow: false, wish: "plain", fallback: style.quotes, ...scalar });
}

/** Whether some readers would leave out the value's last line break, were it the last block in the text. */
export function isCutShort(value: string, { unended }: Pick<Style, "unended">): boolean {
  return unended && value.endsWith("\n");
}

/** A literal block, without a line break after its last line. */
export function literal(value: string, column: number, { eol }: Pick<Style, "eol">, comment = ""): string {
  const lines = value.replace(/\n$/, "").split("\n");
  const body = lines.map((line) => (line === "" ? "" : " ".repeat(column) + line));
  return [`|${value.endsWith("\n") ? "" : "-"}${comment}`, ...body].join(eol);
}

/** A value in one line, with collections in brackets. */
export function flowValue(value: Json, style: Style, scalar: Partial<ScalarContext> = {}): string {
  const { padding } = style;
  if (Array.isArray(value)) return `[${value.map((item) => flowValue(item, style)).join(", ")}]`;
  if (isMap(value)) {
    const entries = flowEntries(value, style);
    return entries === "" ? "{}" : `{${padding}${entries}${padding}}`;
  }
  return scalarText(value as ScalarValue, {
    flow: true,
    wish: style.json ? "double" : "plain",
    fallback: style.quotes,
    ...scalar,
  });
}

/** A map's keys and values in one line, without the braces. */
export function flowEntries(map: JsonMap, style: Style): string {
  const nested = style.quoting ? { ...style, quoting: undefined } : style;
  return Object.entries(map)
    .map(([key, value]) => `${keyText(key, style, true)}: ${flowValue(value, nested, wishFor(key, style))}`)
    .join(", ");
}

/** A map's key as it is written. */
function keyText(key: string, style: Style, flow: boolean): string {
  return scalarText(key, { flow, wish: flow && style.json ? "double" : "plain", fallback: style.quotes });
}

function wishFor(key: string, { quoting }: Style): Partial<ScalarContext> {
  const wish = quoting?.get(key);
  return wish ? { wish } : {};
}

import { isMap, isScalar, type Node, Scalar } from "yaml";
import { lineBreak } from "./position.ts";
import type { Quoting } from "./quote.ts";
import type { Style } from "./render.ts";

/**
 * The style of a text, which new values in it should have. `file` gives the line break when the text has
 * none.
 */
export function styleOf(text: string, file = text): Style {
  const nested = /^( *(?:- +)*)[^\s#-][^\n]*:[ \t]*\r?\n( *)- /m.exec(text);
  return {
    eol: lineBreak(text.includes("\n") ? text : file),
    quotes: /(?:[:-]|&\S+) '/.test(text) && !/(?:[:-]|&\S+) "/.test(text) ? "single" : "double",
    listIndent: nested && nested[1]?.length === nested[2]?.length ? 0 : 2,
    unended: !text.endsWith("\n"),
    json: /[{,]\s*"[^"\n]*"\s*:/.test(text) && !/[{,]\s*[A-Za-z_][\w-]*:/.test(text),
    padding: /\{ \S/.test(text) ? " " : "",
  };
}

/** How the task `item` quotes the values of its keys, so that a new task can do the same. */
export function quotingOf(item: Node | null): Map<string, Quoting> {
  const quoting = new Map<string, Quoting>();
  for (const { key, value } of isMap(item) ? item.items : []) {
    if (!isScalar(key) || !isScalar(value)) continue;
    const quoted =
      value.type === Scalar.QUOTE_DOUBLE
        ? "double"
        : value.type === Scalar.QUOTE_SINGLE
          ? "single"
          : undefined;
    if (quoted) quoting.set(String(key.value), quoted);
  }
  return quoting;
}

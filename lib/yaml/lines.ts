import { lineEnd, lineStart } from "./position.ts";

/** One line of a text. `column` is that of its first character that is not blank, from 0. */
export interface Line {
  start: number;
  end: number;
  kind: "blank" | "comment" | "content";
  column: number;
}

export function lineAt(text: string, start: number): Line {
  const end = lineEnd(text, start);
  const line = text.slice(start, end);
  const body = line.trimStart();
  const kind = body === "" ? "blank" : body.startsWith("#") ? "comment" : "content";
  return { start, end, kind, column: line.length - body.length };
}

/** The line above the one that begins at `start`. */
export function lineAbove(text: string, start: number): Line | undefined {
  return start > 0 ? lineAt(text, lineStart(text, start - 1)) : undefined;
}

/**
 * Where an item begins, including the comment lines directly above its dash in the dash's column: they
 * describe it.
 */
export function ownStart(text: string, dashLine: number, column: number): number {
  let start = dashLine;
  for (
    let line = lineAbove(text, start);
    line?.kind === "comment" && line.column === column;
    line = lineAbove(text, start)
  )
    start = line.start;
  return start;
}

/**
 * Where an item ends, including its line break and the comments below it that are indented deeper than its
 * dash.
 */
export function ownEnd(text: string, contentEnd: number, column: number): number {
  let end = lineEnd(text, contentEnd);
  for (let at = end; at < text.length;) {
    const line = lineAt(text, at);
    if (line.kind === "content" || (line.kind === "comment" && line.column <= column)) break;
    at = line.end;
    if (line.kind === "comment") end = at;
  }
  return end;
}

/** Offset of the first line from `from` that is not blank. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const line = lineAt(text, at);
    if (line.kind !== "blank") break;
    at = line.end;
  }
  return at;
}

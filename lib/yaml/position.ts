/** Line and column as editors count them: from 1, without the byte order mark. */
export interface Position {
  line: number;
  column: number;
}

/** Line and column of an offset (in UTF-16 units). An offset beyond the end counts as the end. */
export function positionOf(text: string, offset: number): Position {
  const at = Math.min(offset, text.length);
  let lineStart = 0;
  let line = 1;
  for (let feed = text.indexOf("\n"); feed !== -1 && feed < at; feed = text.indexOf("\n", feed + 1)) {
    line += 1;
    lineStart = feed + 1;
  }
  const mark = lineStart === 0 && text.startsWith("\uFEFF") ? 1 : 0;
  return { line, column: Math.max(1, at - lineStart + 1 - mark) };
}

/** Number of line feeds in `text` from `start` up to `end`. */
export function countLines(text: string, start = 0, end = text.length): number {
  let count = 0;
  for (let feed = text.indexOf("\n", start); feed !== -1 && feed < end; feed = text.indexOf("\n", feed + 1))
    count += 1;
  return count;
}

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset just after the line feed of the line that holds `offset`, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf("\n", offset);
  return feed === -1 ? text.length : feed + 1;
}

/** The line break of the text's first line. */
export function lineBreak(text: string): "\n" | "\r\n" {
  const feed = text.indexOf("\n");
  return feed > 0 && text[feed - 1] === "\r" ? "\r\n" : "\n";
}

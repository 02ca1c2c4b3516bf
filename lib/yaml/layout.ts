/**
 * Where the items of a block list `tasks` begin, found line by line without parsing. Every line inside an
 * item is indented deeper than its dash, or is blank, or is a comment (YAML 1.2.2, 6.1 and 8.2.1). A dash
 * inside a wrongly indented scalar looks like an item, but such an item does not parse alone, and then the
 * whole text is parsed.
 */
export interface Layout {
  /** Column of the dashes, from 0. */
  column: number;
  /** Offset of the line of each dash; ascending, at least one. Item i ends where i + 1 begins. */
  starts: number[];
  /** Where the last item ends: the next section, or the end of the text. */
  end: number;
}

const TASKS_LINE = /^\uFEFF?(?:tasks|"tasks"|'tasks')[ \t]*:[ \t]*(?:[ \t]#.*)?\r?$/m;

/** Number of lines scanned between two yields. */
const LINES_PER_STEP = 20_000;

/** The layout of the text, or undefined when `tasks` is not a plain block list. Yields between steps. */
export function* findLayout(text: string): Generator<void, Layout | undefined> {
  const header = TASKS_LINE.exec(text);
  if (!header) return undefined;
  const from = text.indexOf("\n", header.index + header[0].length - 1);
  const first = from === -1 ? undefined : firstDash(text, from + 1);
  if (!first) return undefined;
  return yield* scanItems(text, first.offset, text.length, first.column);
}

/**
 * Finds the items from `start`, the offset of a line with a dash at `column`, up to `limit` or the first line
 * that is not part of the list. Undefined when a tab is used for indentation.
 */
export function* scanItems(
  text: string,
  start: number,
  limit: number,
  column: number,
): Generator<void, Layout | undefined> {
  const starts: number[] = [];
  let line = start;
  let budget = LINES_PER_STEP;
  while (line < limit) {
    let at = line;
    while (at - line <= column && text.charCodeAt(at) === SPACE) at += 1;
    if (at - line <= column && at < limit) {
      const code = text.charCodeAt(at);
      if (code === DASH && at - line === column && endsToken(text.charCodeAt(at + 1))) starts.push(line);
      else if (code === TAB) {
        if (!isBlankLine(text, at)) return undefined;
      } else if (code !== FEED && code !== HASH && !(code === RETURN && isBlankLine(text, at))) {
        return { column, starts, end: line };
      }
    }
    const feed = text.indexOf("\n", at);
    line = feed === -1 ? limit : feed + 1;
    if (--budget === 0) {
      budget = LINES_PER_STEP;
      yield;
    }
  }
  return { column, starts, end: limit };
}

const [TAB, FEED, RETURN, SPACE, HASH, DASH] = [9, 10, 13, 32, 35, 45];

function firstDash(text: string, from: number): { offset: number; column: number } | undefined {
  const pattern = /[ ]*(?:(-)(?=[ \t\r\n]|$)|(?:#[^\n]*)?\r?(?:\n|$))/y;
  pattern.lastIndex = from;
  let offset = from;
  for (let match = pattern.exec(text); match && offset < text.length; match = pattern.exec(text)) {
    if (match[1]) return { offset, column: match[0].length - 1 };
    offset = pattern.lastIndex;
  }
  return undefined;
}

function endsToken(code: number): boolean {
  return code === SPACE || code === FEED || code === RETURN || code === TAB || Number.isNaN(code);
}

function isBlankLine(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB || text.charCodeAt(at) === RETURN)
    at += 1;
  return at >= text.length || text.charCodeAt(at) === FEED;
}

/**
 * The text around the items, with a stub item in their place so that it parses. `stub` is the stub's offset.
 */
export function skeleton(text: string, layout: Layout): { text: string; stub: number } {
  const head = text.slice(0, layout.starts[0] ?? 0);
  const stub = head.length + layout.column + 2;
  return { text: `${head}${" ".repeat(layout.column)}- 0\n${text.slice(layout.end)}`, stub };
}

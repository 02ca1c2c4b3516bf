import type { ProblemJson } from "../../lib/protocol/problem.ts";

interface Place {
  /** The line that the problem names. */
  line: string;
  /** The line before it; empty for the first. */
  before: string;
}

/** The commonest mistakes of hand-edited YAML, the most telling first. Each says what to do, or nothing. */
const MISTAKES: readonly ((place: Place) => string | null)[] = [
  ({ line }) =>
    /^(<{7}|={7}|>{7}|\|{7})/.test(line)
      ? "Git left its conflict markers here: choose one side and delete the lines with <<<<<<<, ======= and >>>>>>>."
      : null,
  ({ line }) => (/^ *\t/.test(line) ? "The line is indented with a tab; YAML wants spaces." : null),
  ({ line, before }) => {
    const found = [line, before].map((text) => /^\s*(?:- )?([A-Za-z_]\w*)\s+\S/.exec(text)).find(Boolean);
    const key = found?.[1];
    return key !== undefined && !/^\s*(?:- )?\w+\s*:/.test(found?.input ?? "")
      ? `Missing “:” after ${key}?`
      : null;
  },
  ({ line }) => {
    const key = /^\s*(?:- )?([A-Za-z_]\w*):[^\s/]/.exec(line)?.[1];
    return key === undefined ? null : `Missing space after “${key}:”?`;
  },
  ({ line, before }) =>
    [line, before].some((text) => count(text, "[{") > count(text, "]}"))
      ? "A bracket is not closed here."
      : null,
  ({ line }) => {
    const value = /^\s*(?:- )?\w+:\s+([*&@`%!|>].*)$/.exec(line)?.[1];
    return value === undefined ? null : `Put the value in quotes: "${value}".`;
  },
  ({ line }) => (/^\s*(?:- )?\w+:\s.*:\s/.test(line) ? "A value with “: ” in it has to be in quotes." : null),
  ({ line, before }) =>
    indent(line) !== indent(before) && !before.trimEnd().endsWith(":")
      ? "Is the line indented like its neighbours?"
      : null,
];

/** What probably mends a problem of the file's syntax, in plain words; null when nothing is known. */
export function likelyFix(
  { code, line, message }: Pick<ProblemJson, "code" | "line" | "message">,
  text: string,
): string | null {
  if (code !== "yaml_syntax" || line === undefined) return null;
  const lines = text.split(/\r?\n/);
  // The parser names the end of the file, where it gave up.
  if (message.includes("Missing closing")) {
    const opened = lines.findIndex((each) => isOdd(each, '"') || isOdd(each, "'"));
    return opened < 0 ? null : `The quote on line ${opened + 1} is not closed.`;
  }
  const place = { line: lines[line - 1] ?? "", before: lines[line - 2] ?? "" };
  for (const mistake of MISTAKES) {
    const found = mistake(place);
    if (found !== null) return found;
  }
  return null;
}

function count(text: string, signs: string): number {
  return [...text].filter((sign) => signs.includes(sign)).length;
}

/** Whether a value begins with the quote and does not end with it. */
function isOdd(text: string, quote: string): boolean {
  const value = /:\s+(['"].*)$/.exec(text)?.[1]?.trimEnd();
  return value !== undefined && value.startsWith(quote) && count(value, quote) % 2 === 1;
}

function indent(text: string): number {
  return text.length - text.trimStart().length;
}

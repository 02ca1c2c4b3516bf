import { visit } from "jsonc-parser";
import { LockstepError } from "../errors.ts";
import type { Json } from "../json.ts";
import { parseLossless } from "../lossless-json.ts";

/** Deeper than any task needs, and shallow enough for every recursive function that follows. */
export const MAX_DEPTH = 64;

const KEY = "a key in double quotes";
const VALUE = "a value";

/**
 * Parses a request body.
 * @throws {LockstepError} invalid_json with the line and column of the first mistake, also for
 *   nesting deeper than `MAX_DEPTH` and for a number that JSON.parse would change.
 */
export function parseJson(text: string): Json {
  let parsed: { value: Json } | null;
  try {
    parsed = parseLossless(text);
  } catch (error) {
    findMistake(text);
    throw error;
  }
  // A mistake in the notation is reported first, because it may be why the text looks like a number.
  if (parsed === null || isDeeper(parsed.value, MAX_DEPTH)) findMistake(text);
  if (parsed === null) {
    throw new LockstepError(
      "invalid_json",
      "a number has more digits than can be kept; write it as text, in quotes",
    );
  }
  return parsed.value;
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeper(child, levels - 1));
}

/**
 * Throws the first mistake with its place, because the messages of JSON.parse differ between versions of Node
 * and do not always say where the mistake is.
 */
function findMistake(text: string): void {
  const open: ("{" | "[")[] = [];
  let expected = VALUE;
  const begin = (bracket: "{" | "[", next: string, line: number, column: number) => {
    if (open.push(bracket) > MAX_DEPTH) throw mistake(line, column, `nested deeper than ${MAX_DEPTH} levels`);
    expected = next;
  };
  const valueEnded = () => {
    const inside = open.at(-1);
    expected = inside === undefined ? "nothing more" : inside === "{" ? "',' or '}'" : "',' or ']'";
  };
  const end = (_at: number, length: number) => {
    // The closing bracket is missing, so the scanner reports an error next.
    if (length === 0) return;
    open.pop();
    valueEnded();
  };
  visit(
    text,
    {
      onObjectBegin: (_at, _length, line, column) => begin("{", KEY, line, column),
      onArrayBegin: (_at, _length, line, column) => begin("[", VALUE, line, column),
      onObjectProperty: () => void (expected = "':'"),
      onSeparator: (sign) => void (expected = sign === "," && open.at(-1) === "{" ? KEY : VALUE),
      onLiteralValue: valueEnded,
      onObjectEnd: end,
      onArrayEnd: end,
      onError: (_code, at, _length, line, column) => {
        const found = at >= text.trimEnd().length ? "the text ends here" : "unexpected text";
        throw mistake(line, column, `${found}; expected ${expected}`);
      },
    },
    { disallowComments: true },
  );
}

/** `line` and `column` are counted from 0. */
function mistake(line: number, column: number, message: string): LockstepError {
  const place = { line: line + 1, column: column + 1 };
  return new LockstepError(
    "invalid_json",
    `not JSON: line ${place.line}, column ${place.column}: ${message}`,
    place,
  );
}

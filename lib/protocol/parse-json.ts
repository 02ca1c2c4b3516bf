import { LockstepError } from "../errors.ts";
import type { Json } from "../json.ts";
import { parseLossless } from "../lossless-json.ts";

/** Deeper than any task needs, and shallow enough for every recursive function that follows. */
export const MAX_DEPTH = 64;

const TOKENS = /"(?:[^"\\]|\\.)*"|[[\]{}]/g;
const SCALAR =
  /(?:"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Parses a request body.
 * @throws {LockstepError} invalid_json with the line and column of the first mistake, also for
 *   nesting deeper than `MAX_DEPTH` and for a number that would come out as another one.
 */
export function parseJson(text: string): Json {
  const deep = tooDeepAt(text);
  if (deep !== null) throw mistake(text, deep, `nested deeper than ${MAX_DEPTH} levels`);
  let parsed: { value: Json } | null;
  try {
    parsed = parseLossless(text);
    // A mistake in the notation is told first: the number may only look like one because of it.
    if (parsed === null) JSON.parse(text);
  } catch {
    const { at, expected } = findMistake(text);
    throw mistake(
      text,
      at,
      `${at >= text.trimEnd().length ? "the text ends here" : "unexpected text"}; expected ${expected}`,
    );
  }
  if (parsed === null) {
    throw new LockstepError(
      "invalid_json",
      "a number has more digits than can be kept; write it as text, in quotes",
    );
  }
  return parsed.value;
}

function tooDeepAt(text: string): number | null {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    if (depth > MAX_DEPTH) return index;
  }
  return null;
}

class Mistake extends Error {
  constructor(
    readonly at: number,
    readonly expected: string,
  ) {
    super(expected);
  }
}

/** Where JSON.parse gave up: its own messages do not always say, and differ between versions of Node. */
function findMistake(text: string): Mistake {
  let at = 0;
  const space = () => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  };
  const take = (char: string) => {
    space();
    if (text[at] !== char) return false;
    at += 1;
    return true;
  };
  const fail = (expected: string): never => {
    space();
    throw new Mistake(at, expected);
  };
  const scalar = (what: string) => {
    space();
    SCALAR.lastIndex = at;
    if (!SCALAR.test(text)) fail(what);
    at = SCALAR.lastIndex;
  };
  const value = (): void => {
    if (take("{")) {
      if (take("}")) return;
      do {
        space();
        if (text[at] !== '"') fail("a key in double quotes");
        scalar("a key in double quotes");
        if (!take(":")) fail("':'");
        value();
      } while (take(","));
      if (!take("}")) fail("',' or '}'");
    } else if (take("[")) {
      if (take("]")) return;
      do value();
      while (take(","));
      if (!take("]")) fail("',' or ']'");
    } else scalar("a value");
  };
  try {
    value();
    space();
    return new Mistake(at, "nothing more");
  } catch (error) {
    if (error instanceof Mistake) return error;
    throw error;
  }
}

function mistake(text: string, at: number, message: string): LockstepError {
  const before = text.slice(0, at).split("\n");
  const line = before.length;
  const column = (before.at(-1) ?? "").length + 1;
  return new LockstepError("invalid_json", `not JSON: line ${line}, column ${column}: ${message}`, {
    line,
    column,
  });
}

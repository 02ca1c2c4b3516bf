import { type Json, type JsonMap, setKey } from "../json.ts";

const DOUBLE = /^"((?:[^"\\]|\\["\\/nt])*)"(?: *| +#.*)$/;
const SINGLE = /^'((?:[^']|'')*)'(?: *| +#.*)$/;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", "/": "/", n: "\n", t: "\t" };

/** What a plain scalar may begin with. YAML allows a few more, which are left to the parser. */
const PLAIN_START = /^(?:[A-Za-z0-9_/.+(~$\u00A1-\uFFFD]|-[^ ])/;

/** The value on the rest of a line, with or without a comment; undefined when only the parser can read it. */
export function simpleValue(rest: string): Json | undefined {
  switch (rest[0]) {
    case '"':
      return DOUBLE.exec(rest)?.[1]?.replace(/\\(.)/g, (_, name: string) => ESCAPES[name] ?? "");
    case "'":
      return SINGLE.exec(rest)?.[1]?.replaceAll("''", "'");
    case "[":
    case "{":
      return simpleFlow(rest);
    default: {
      const comment = rest.indexOf(" #");
      const text = (comment === -1 ? rest : rest.slice(0, comment)).replace(/ +$/, "");
      if (!PLAIN_START.test(text) || text.includes(": ") || text.endsWith(":")) return undefined;
      return resolvePlain(text);
    }
  }
}

const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...["~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);

/** Whether a plain scalar is null or a boolean (YAML 1.2.2, 10.3.2). */
export function isWord(text: string): boolean {
  return WORDS.has(text);
}

const SIMPLE_NUMBER = /^-?(?:[1-9]\d{0,14}|0(?=\.|$))(?:\.\d{1,15})?$/;
/** The core schema's other numbers (YAML 1.2.2, 10.3.2). */
const ANY_NUMBER =
  /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\dA-Fa-f]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

function resolvePlain(text: string): Json | undefined {
  const first = text.charCodeAt(0);
  const likeNumber = first < 58 && first !== 47 && first !== 40 && first !== 36;
  if (!likeNumber) return WORDS.get(text) ?? (WORDS.has(text) ? null : text);
  if (SIMPLE_NUMBER.test(text) && text !== "-0") return Number(text);
  return ANY_NUMBER.test(text) ? undefined : text;
}

const FLOW_KEY = /([A-Za-z_][\w-]*): +/y;
const FLOW_ITEM = /(?:"([^"\\]*)"|'([^']*)'|([A-Za-z0-9_/.][\w./@+-]*|-\d[\d.]*)) *([,\]}])/y;
const FLOW_END = /^(?: *| +#.*)$/;

/** A list or map of scalars on one line. */
function simpleFlow(text: string): Json | undefined {
  const isList = text.startsWith("[");
  const close = isList ? "]" : "}";
  const list: Json[] = [];
  const map: JsonMap = {};
  let at = 1;
  while (text[at] === " ") at += 1;
  if (text[at] === close) return FLOW_END.test(text.slice(at + 1)) ? (isList ? list : map) : undefined;
  for (;;) {
    FLOW_KEY.lastIndex = at;
    const key = isList ? undefined : FLOW_KEY.exec(text)?.[1];
    FLOW_ITEM.lastIndex = isList ? at : FLOW_KEY.lastIndex;
    if (!isList && (key === undefined || isWord(key) || Object.hasOwn(map, key))) return undefined;
    const item = FLOW_ITEM.exec(text);
    if (!item) return undefined;
    const value = item[3] === undefined ? (item[1] ?? item[2] ?? "") : resolvePlain(item[3]);
    if (value === undefined) return undefined;
    if (key === undefined) list.push(value);
    else setKey(map, key, value);
    at = FLOW_ITEM.lastIndex;
    if (item[4] === close) return FLOW_END.test(text.slice(at)) ? (isList ? list : map) : undefined;
    if (item[4] !== ",") return undefined;
    while (text[at] === " ") at += 1;
  }
}

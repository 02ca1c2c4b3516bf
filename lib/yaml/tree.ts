import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type ParsedNode,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Problem } from "../problem.ts";
import { positionOf } from "./position.ts";

/** A parsed text with the list of tasks in it: one chunk of the list, or the whole file. */
export interface Tree {
  text: string;
  root: ParsedNode;
  seq: YAMLSeq<ParsedNode | null>;
  /** What each alias stands for; one without an anchor before it is not here. */
  aliases: ReadonlyMap<Alias, Node>;
  /** The `tasks` key and its list; undefined in a chunk. */
  tasksPair?: Pair<ParsedNode, ParsedNode | null>;
}

/** A text beyond this is not parsed in one piece: the parser takes some 170 bytes of memory for each character. */
const WHOLE_LIMIT = 16_000_000;

/** Characters that cannot stand in a YAML stream (YAML 1.2.2, production c-printable). */
const UNPRINTABLE = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]/;

interface ParseOptions {
  /** Keep what the edits need: the separators around values. */
  tokens?: boolean;
}

/** The list item(s) of one chunk parsed alone; undefined unless it is a plain list, free of errors and references outwards. */
export function chunkTree(text: string, options: ParseOptions = {}): Tree | undefined {
  if (UNPRINTABLE.test(text)) return undefined;
  const documents = parse(text, options);
  const document = documents?.length === 1 ? documents[0] : undefined;
  if (!document || document.errors.length > 0) return undefined;
  const root = document.contents;
  if (!isSeq(root) || root.flow || root.anchor !== undefined || root.tag !== undefined) return undefined;
  const aliases = text.includes("&") ? resolveAliases(root) : NO_ALIASES;
  // A `*name` whose anchor is not in the chunk, or that might be one defined twice, needs the whole text.
  if (text.includes("*") && hasOpenAlias(root, aliases)) return undefined;
  return { text, root, seq: root as Tree["seq"], aliases };
}

/** The syntax error in the lines of one item, with its offset in them; undefined when there is none. */
export function chunkFault(chunk: string): { message: string; offset: number } | undefined {
  const error = parse(chunk, {})?.[0]?.errors[0];
  return error && error.code !== "RESOURCE_EXHAUSTION"
    ? { message: syntaxMessage(error.message), offset: error.pos[0] }
    : undefined;
}

/** The whole text, or why nothing in it can be relied on. */
export function wholeTree(text: string, options: ParseOptions = {}): Tree | Problem {
  const at = (code: Problem["code"], message: string, offset?: number): Problem =>
    offset === undefined ? { code, message } : { code, message, ...positionOf(text, offset) };
  const bad = UNPRINTABLE.exec(text);
  if (bad) {
    const name = `U+${bad[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return at("yaml_syntax", `the control character ${name} cannot stand in YAML`, bad.index);
  }
  if (text.length > WHOLE_LIMIT) {
    return at(
      "too_complex",
      "the file is too large for its layout; write the tasks as one block list without aliases to other tasks",
    );
  }
  const documents = parse(text, options);
  if (!documents) return at("too_complex", "the file is nested too deeply");
  const document = documents[0];
  for (const error of document?.errors ?? []) {
    // Where the stack gave out depends on who called; the same file must give the same problem.
    if (error.code === "RESOURCE_EXHAUSTION") return at("too_complex", "the file is nested too deeply");
    return at("yaml_syntax", syntaxMessage(error.message), error.pos[0]);
  }
  const second = documents[1];
  if (second)
    return at(
      "yaml_syntax",
      "the file holds several documents (a second `---`); Lockstep reads one",
      second.range[0],
    );
  const root = document?.contents;
  if (!root || (isScalar(root) && root.value === null && root.source === ""))
    return at("file_empty", "the file is empty");
  if (!isMap(root)) return at("no_tasks", "the file must be a map with a `tasks` list", root.range[0]);
  const pairs = (root as YAMLMap<ParsedNode, ParsedNode | null>).items.filter(
    ({ key }) => isScalar(key) && key.value === "tasks",
  );
  const [pair, again] = pairs;
  if (!pair) return at("no_tasks", "the file has no `tasks`; an empty list is `tasks: []`");
  if (again) return at("yaml_syntax", "`tasks` stands twice", again.key.range[0]);
  const seq = pair.value;
  if (!isSeq(seq)) {
    const empty = seq === null || (isScalar(seq) && seq.value === null);
    const message = empty ? "`tasks` has no value; an empty list is `tasks: []`" : "`tasks` must be a list";
    return at("no_tasks", message, pair.key.range[0]);
  }
  const aliases = text.includes("&") ? resolveAliases(root) : NO_ALIASES;
  return { text, root, seq: seq as Tree["seq"], aliases, tasksPair: pair };
}

export function isTree(result: Tree | Problem): result is Tree {
  return "seq" in result;
}

/** Undefined when the nesting exhausts the stack. Duplicate keys are looked for later, per task and in linear time. */
export function parse(text: string, { tokens = false }: ParseOptions): Document.Parsed[] | undefined {
  try {
    const documents = parseAllDocuments(text, {
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
      keepSourceTokens: tokens,
    });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function syntaxMessage(message: string): string {
  return message.replace(/\s+/g, " ").trim();
}

const NO_ALIASES: ReadonlyMap<Alias, Node> = new Map();

/** An alias means the last node before it that carries its anchor (YAML 1.2.2, 3.2.2.2). */
function resolveAliases(root: Node): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const aliases = new Map<Alias, Node>();
  visit(root, {
    Alias(_, alias) {
      const target = anchors.get(alias.source);
      if (target) aliases.set(alias, target);
    },
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return aliases;
}

function hasOpenAlias(node: unknown, aliases: ReadonlyMap<Alias, Node>): boolean {
  if (isAlias(node)) return !aliases.has(node);
  if (isPair(node)) return hasOpenAlias(node.key, aliases) || hasOpenAlias(node.value, aliases);
  return isCollection(node) && node.items.some((item) => hasOpenAlias(item, aliases));
}

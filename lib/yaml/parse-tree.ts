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
  /** The node of each alias. An alias without an anchor before it is missing here. */
  aliases: ReadonlyMap<Alias, Node>;
  /** The `tasks` key and its list; undefined in a chunk. */
  tasksPair?: Pair<ParsedNode, ParsedNode | null>;
}

/**
 * A longer text is not parsed in one piece, because the parser takes some 170 bytes of memory per character.
 */
const WHOLE_LIMIT = 16_000_000;

/** Characters that YAML does not allow (YAML 1.2.2, production c-printable). */
const UNPRINTABLE = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]/;

interface ParseOptions {
  /** Keeps the tokens around values, which edits need. */
  tokens?: boolean;
}

/**
 * Parses the items of one chunk alone; undefined unless they are a list without errors and without outside
 * anchors.
 */
export function chunkTree(text: string, options: ParseOptions = {}): Tree | undefined {
  if (UNPRINTABLE.test(text)) return undefined;
  const documents = parse(text, options);
  const document = documents?.length === 1 ? documents[0] : undefined;
  if (!document || document.errors.length > 0) return undefined;
  const root = document.contents;
  if (!isSeq(root) || root.flow || root.anchor !== undefined || root.tag !== undefined) return undefined;
  const aliases = text.includes("&") ? resolveAliases(root) : NO_ALIASES;
  // An alias whose anchor is not in the chunk can only be resolved in the whole text.
  if (text.includes("*") && hasOpenAlias(root, aliases)) return undefined;
  return { text, root, seq: root as Tree["seq"], aliases };
}

/** The syntax error in the lines of one item and its offset there; undefined when there is none. */
export function chunkFault(chunk: string): { message: string; offset: number } | undefined {
  const error = parse(chunk, {})?.[0]?.errors[0];
  return error && error.code !== "RESOURCE_EXHAUSTION"
    ? { message: syntaxMessage(error.message), offset: error.pos[0] }
    : undefined;
}

/** Parses the whole text, or says why it cannot be read. */
export function wholeTree(text: string, options: ParseOptions = {}): Tree | Problem {
  const at = (code: Problem["code"], message: string, offset?: number): Problem =>
    offset === undefined ? { code, message } : { code, message, ...positionOf(text, offset) };
  const bad = UNPRINTABLE.exec(text);
  if (bad) {
    const name = `U+${bad[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return at("yaml_syntax", `YAML does not allow the control character ${name}; remove it`, bad.index);
  }
  if (text.length > WHOLE_LIMIT) {
    return at(
      "too_complex",
      "the file is too large for its layout; write the tasks as one block list without aliases to " +
        "other tasks",
    );
  }
  const documents = parse(text, options);
  if (!documents) return at("too_complex", "the file is nested too deeply");
  const document = documents[0];
  for (const error of document?.errors ?? []) {
    // The position of a stack overflow depends on the caller, but the same file must give the same problem.
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
  if (again) return at("yaml_syntax", "the key `tasks` is written twice; write one list", again.key.range[0]);
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

/**
 * Parses a text; undefined when its nesting exhausts the stack. Duplicate keys are not looked for here, but
 * later for each task and in linear time.
 */
function parse(text: string, { tokens = false }: ParseOptions): Document.Parsed[] | undefined {
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

/** An alias refers to the last node before it with its anchor (YAML 1.2.2, 3.2.2.2). */
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

import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
} from "yaml";
import { type Json, type JsonMap, setKey } from "../json.ts";
import type { ProblemCode } from "../problem.ts";

/** Why a node has no JSON value. */
export interface JsonIssue {
  code: ProblemCode;
  message: string;
  node: Node | undefined;
}

export type JsonReading = { value: Json; issues: JsonIssue[] };

/** Deeper than any task needs, and too little to exhaust the stack of a function that walks the value. */
const MAX_DEPTH = 100;
/** Number of values that aliases may add to one task; a "billion laughs" file exceeds it at once. */
const MAX_ALIASED = 10_000;

/** Most problems reported for one task. */
const MAX_ISSUES = 20;

const KNOWN_TAGS = new Set([
  "!",
  ...["str", "int", "float", "bool", "null", "map", "seq", "timestamp"].map(
    (name) => `tag:yaml.org,2002:${name}`,
  ),
]);

/**
 * The JSON value of a node. Aliases and merge keys are resolved; YAML 1.1 dates stay as they are written.
 * Values that JSON does not have (binary, sets, keys that are not text, unknown tags) become null with an
 * issue that says why. Numbers that JSON cannot hold stay numbers: the task's own validation reports them.
 */
export function jsonOf(node: Node | null, aliases: ReadonlyMap<Alias, Node>): JsonReading {
  const reader = new JsonReader(aliases);
  const value = reader.read(node, 0, false);
  return { value, issues: reader.issues };
}

class JsonReader {
  readonly issues: JsonIssue[] = [];
  private readonly open = new Set<Node>();
  private aliased = 0;
  private tooMany = false;

  constructor(private readonly aliases: ReadonlyMap<Alias, Node>) {}

  read(node: Node | null, depth: number, viaAlias: boolean): Json {
    if (this.tooMany || node === null) return null;
    if (viaAlias && ++this.aliased > MAX_ALIASED) {
      this.tooMany = true;
      return this.issue("too_complex", `aliases expand to more than ${MAX_ALIASED} values`, node);
    }
    if (depth > MAX_DEPTH)
      return this.issue("too_complex", `values are nested more than ${MAX_DEPTH} levels deep`, node);
    if (isAlias(node)) return this.readAlias(node, depth);
    if (isScalar(node)) return this.readScalar(node);
    if (!KNOWN_TAGS.has(node.tag ?? "!")) return this.unknownTag(node);
    if (isSeq(node)) return node.items.map((item) => this.read(itemNode(item), depth + 1, viaAlias));
    return isMap(node) ? this.readMap(node, depth, viaAlias) : null;
  }

  private readAlias(alias: Alias, depth: number): Json {
    const target = this.aliases.get(alias);
    if (!target)
      return this.issue(
        "invalid_task",
        `the alias *${alias.source} has no anchor &${alias.source} before it`,
        alias,
      );
    if (this.open.has(target))
      return this.issue(
        "too_complex",
        `the alias *${alias.source} refers to a value that contains it`,
        alias,
      );
    return this.entering(target, () => this.read(target, depth, true));
  }

  private readScalar(scalar: Scalar): Json {
    if (!KNOWN_TAGS.has(scalar.tag ?? "!")) return this.unknownTag(scalar);
    const { value } = scalar;
    if (value instanceof Date) return scalar.source ?? value.toISOString();
    if (typeof value === "bigint") return Number(value);
    if (
      value === null ||
      typeof value === "string" ||
      typeof value === "number" ||
      typeof value === "boolean"
    )
      return value;
    if (typeof value === "symbol") return scalar.source ?? "";
    return this.issue("unstorable_value", "this value cannot be stored", scalar);
  }

  private readMap(map: YAMLMap, depth: number, viaAlias: boolean): Json {
    const result: JsonMap = {};
    const merges: Pair[] = [];
    // An anchor may be on a map that contains an alias to it.
    this.entering(map, () => {
      for (const pair of map.items) {
        if (isMergePair(pair)) {
          merges.push(pair);
          continue;
        }
        const key = this.readKey(pair, map);
        if (key === undefined) continue;
        if (Object.hasOwn(result, key))
          this.issue("duplicate_key", `the key '${key}' is written twice`, pair.key as Node);
        else setKey(result, key, this.read(pair.value as Node | null, depth + 1, viaAlias));
      }
      // The map's own keys win over merged keys, and an earlier merged map over a later one.
      for (const pair of merges) this.merge(result, pair.value as Node | null, depth, true);
    });
    return result;
  }

  private readKey(pair: Pair, map: Node): string | undefined {
    const { key } = pair;
    if (isScalar(key) && typeof key.value === "string" && KNOWN_TAGS.has(key.tag ?? "!")) return key.value;
    const shown = isScalar(key) && key.source ? ` '${key.source}'` : "";
    this.issue(
      "unstorable_value",
      `the key${shown} is not text; quote it`,
      isScalar(key) || isAlias(key) ? key : map,
    );
    return undefined;
  }

  private merge(into: JsonMap, source: Node | null, depth: number, listAllowed: boolean): void {
    const target = isAlias(source) ? this.aliases.get(source) : source;
    if (isSeq(target) && listAllowed) {
      for (const item of target.items) this.merge(into, itemNode(item), depth, false);
      return;
    }
    const value = isAlias(source)
      ? this.read(source, depth, true)
      : isMap(target)
        ? this.read(target, depth, false)
        : null;
    if (!isMap(target)) {
      if (!isAlias(source) || target)
        this.issue(
          "invalid_task",
          "`<<` takes a map, an alias to a map, or a list of these",
          source ?? undefined,
        );
      return;
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    for (const [key, item] of Object.entries(value)) if (!Object.hasOwn(into, key)) setKey(into, key, item);
  }

  private entering<T>(node: Node, work: () => T): T {
    const fresh = !this.open.has(node);
    this.open.add(node);
    const result = work();
    if (fresh) this.open.delete(node);
    return result;
  }

  private unknownTag(node: Node): null {
    const tag = "tag" in node ? String(node.tag).replace("tag:yaml.org,2002:", "!!") : "";
    return this.issue(
      "unstorable_value",
      `the tag ${tag} is not known here; write the value without it`,
      node,
    );
  }

  private issue(code: ProblemCode, message: string, node: Node | undefined): null {
    if (this.issues.length < MAX_ISSUES) this.issues.push({ code, message, node });
    return null;
  }
}

/** Whether the key is a plain `<<`, which merges its value into the map (in YAML 1.2 as in 1.1). */
export function isMergePair(pair: Pair): boolean {
  const { key } = pair;
  return isScalar(key) && key.type === Scalar.PLAIN && key.source === "<<" && key.tag === undefined;
}

/** The node of a list item. A flow list may hold a pair, as in `[a: 1]`, which is read as null. */
function itemNode(item: unknown): Node | null {
  return isPair(item) ? null : ((item as Node | null) ?? null);
}

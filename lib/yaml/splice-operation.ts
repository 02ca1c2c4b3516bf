import {
  type Alias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { isMap as isJsonMap, type Json, type JsonMap, setKey } from "../json.ts";
import { addEntries, appendItems, removeItem, removePair } from "./splice-collection.ts";
import { replaceValue } from "./replace-value.ts";
import { type Operation, own, valueAt } from "./operations.ts";
import { isMergePair, jsonOf } from "./json-of.ts";
import type { Style } from "./render.ts";
import { itemSlot, pairSlot, type Slot, type Splice } from "./slot.ts";
import type { Tree } from "./parse-tree.ts";

/** Splices for one operation. */
export interface OperationSplices {
  splices: Splice[];
  /** True when other operations on the same task may be spliced in the same round. */
  inPlace: boolean;
}

/**
 * The splices for one operation on the item in `home`. `wanted` is what the item has to become. When the path
 * goes through an alias, the alias is replaced by its value. When the path ends at a key that came through
 * `<<`, the key is added beside `<<`. Undefined when the operation cannot be spliced.
 */
export function spliceOperation(
  tree: Tree,
  home: Slot,
  operation: Operation,
  actual: Json,
  wanted: Json,
  style: Style,
): OperationSplices | undefined {
  const { text } = tree;
  const { kind, path } = operation;
  const parents = kind === "remove" ? path.slice(0, -1) : path;
  let slot: Slot | undefined = home;
  for (const [depth, part] of parents.entries()) {
    const step: Slot | "absent" | "opaque" | undefined = stepInto(slot, part);
    if (step === undefined) return undefined;
    // The path goes on inside an alias or a merged key, so the whole value is written here.
    if (step === "opaque") return write(tree, slot, valueAt(wanted, path.slice(0, depth)), style);
    if (step === "absent")
      return addBeside(tree, slot, part, valueAt(wanted, path.slice(0, depth + 1)), style);
    slot = step;
  }
  const { value: node } = slot;
  if (kind === "set") return write(tree, slot, operation.value, style);
  if (kind === "append") {
    if (!isSeq(node)) return write(tree, slot, valueAt(wanted, path), style);
    return structural(appendItems(text, node, operation.items, style));
  }
  if (kind === "remove" && isSeq(node) && typeof path.at(-1) === "number") {
    const number = Number(path.at(-1));
    const released = writeOutAliases(tree, node.items[number] as Node | null, style);
    return (
      released ??
      structural(removeItem(text, node, number)) ??
      write(tree, slot, valueAt(wanted, parents), style)
    );
  }
  if (!isMap(node)) return write(tree, slot, valueAt(wanted, parents), style);
  if (kind === "add") return structural(addEntries(text, node, operation.entries, style));
  const pair = findPair(node, String(path.at(-1)));
  if (!pair) return structural(writeOutMerge(tree, node, valueAt(actual, parents), style));
  const inner = pairSlot(node, pair);
  const released = inner && writeOutAliases(tree, inner.value, style);
  if (released) return released;
  return structural(
    removePair(text, node, pair) ??
      (inner && node.items.length === 1 ? replaceValue(text, slot, {}, style) : undefined),
  );
}

function write(tree: Tree, slot: Slot, value: Json | undefined, style: Style): OperationSplices | undefined {
  if (value === undefined) return undefined;
  const released =
    isMap(slot.value) || isSeq(slot.value) ? writeOutAliases(tree, slot.value, style, true) : undefined;
  if (released) return released;
  const inPlace =
    isScalar(slot.value) &&
    slot.value.type !== Scalar.BLOCK_LITERAL &&
    slot.value.type !== Scalar.BLOCK_FOLDED;
  return {
    splices: replaceValue(tree.text, slot, value, style),
    inPlace: inPlace && (typeof value !== "object" || value === null),
  };
}

function structural(splices: Splice[] | undefined): OperationSplices | undefined {
  return splices && { splices, inPlace: false };
}

/**
 * The slot of a key or item; "absent" for a key that is only merged in, "opaque" inside an alias or a scalar.
 */
function stepInto(slot: Slot, part: string | number): Slot | "absent" | "opaque" | undefined {
  const { value: node } = slot;
  if (isSeq(node)) return typeof part === "number" ? itemSlot(node, part) : "opaque";
  if (!isMap(node)) return "opaque";
  const pair = findPair(node, String(part));
  return pair ? pairSlot(node, pair) : "absent";
}

function addBeside(
  tree: Tree,
  slot: Slot,
  key: string | number,
  value: Json | undefined,
  style: Style,
): OperationSplices | undefined {
  if (!isMap(slot.value) || value === undefined) return undefined;
  const entries: JsonMap = {};
  setKey(entries, String(key), value);
  return structural(addEntries(tree.text, slot.value, entries, style));
}

function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key && !isMergePair(pair));
}

/** Replaces `<<: ...` by the keys that it merges in, so that one of them can be left out. */
function writeOutMerge(
  tree: Tree,
  map: YAMLMap,
  actual: Json | undefined,
  style: Style,
): Splice[] | undefined {
  const merges = map.items.filter(isMergePair);
  const [merge] = merges;
  if (!merge || merges.length > 1 || !isJsonMap(actual)) return undefined;
  const brought: JsonMap = {};
  for (const key of Object.keys(actual)) if (!findPair(map, key)) setKey(brought, key, own(actual, key));
  const added = addEntries(tree.text, map, brought, style);
  const removed = removePair(tree.text, map, merge);
  return added && removed && !overlaps(added, removed) ? [...removed, ...added] : undefined;
}

function overlaps(a: readonly Splice[], b: readonly Splice[]): boolean {
  return a.some((one) => b.some((other) => one.start < other.end && other.start < one.end));
}

/**
 * Writes out an alias elsewhere in the file whose anchor is inside the node, before the node is removed: its
 * value stays the same. Undefined when there is no such alias. With `inside` the node's own anchor stays and
 * is ignored.
 */
export function writeOutAliases(
  tree: Tree,
  node: Node | null,
  style: Style,
  inside = false,
): OperationSplices | undefined {
  if (tree.aliases.size === 0 || node === null) return undefined;
  const doomed = new Set<Node>();
  const doomedAliases = new Set<Alias>();
  visit(node, {
    Value: (_, value) => void (inside && value === node ? undefined : doomed.add(value)),
    Alias: (_, alias) => void doomedAliases.add(alias),
  });
  const stranded = [...tree.aliases]
    .filter(([alias, target]) => doomed.has(target) && !doomedAliases.has(alias))
    .map(([alias]) => alias);
  if (stranded.length === 0) return undefined;
  const splices: Splice[] = [];
  // Several aliases could overlap, so one is written out at a time. This is rare.
  for (const alias of stranded.slice(0, 1)) {
    const written = writeOutAlias(tree, alias, style);
    if (!written) return undefined;
    splices.push(...written);
  }
  return { splices, inPlace: false };
}

function writeOutAlias(tree: Tree, alias: Alias, style: Style): Splice[] | undefined {
  const { value } = jsonOf(alias, tree.aliases);
  let found: Splice[] | undefined;
  visit(tree.root, {
    Map(_, map) {
      for (const pair of map.items) {
        const merged =
          isMergePair(pair) &&
          (pair.value === alias || (isSeq(pair.value) && pair.value.items.includes(alias)));
        if (merged) found = writeOutMerge(tree, map, jsonOf(map, tree.aliases).value, style);
        else if (pair.value === alias) found = replaceSlotValue(tree, pairSlot(map, pair), value, style);
      }
      return found ? visit.BREAK : undefined;
    },
    Seq(_, seq) {
      const index = seq.items.indexOf(alias);
      if (index >= 0) found ??= replaceSlotValue(tree, itemSlot(seq as YAMLSeq, index), value, style);
      return found ? visit.BREAK : undefined;
    },
  });
  return found;
}

function replaceSlotValue(
  tree: Tree,
  slot: Slot | undefined,
  value: Json,
  style: Style,
): Splice[] | undefined {
  return slot && replaceValue(tree.text, slot, value, style);
}

import {
  type CST,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { lineEnd } from "./position.ts";

/** A replacement in a text: `start` up to `end` becomes `text`. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** A place that holds a value: after the colon of a key, or after the dash or comma of an item. */
export interface Slot {
  /**
   * Offset after the colon or dash; undefined for an item in brackets, and for a key in braces without a
   * colon.
   */
  indicatorEnd: number | undefined;
  anchor: CST.SourceToken | undefined;
  tag: CST.SourceToken | undefined;
  value: Node | null;
  /** Where a value is inserted when there is none. */
  insertAt: number;
  /** Column of the key or dash, from 0. */
  indent: number;
  inFlow: boolean;
  ofDash: boolean;
}

/** The slot of a key's value; undefined when the tree was parsed without tokens. */
export function pairSlot(map: YAMLMap, pair: Pair): Slot | undefined {
  const token = pair.srcToken;
  if (!token || !isScalar(pair.key)) return undefined;
  const colon = token.sep?.find(({ type }) => type === "map-value-ind");
  const keyEnd = (pair.key as Node).range?.[1] ?? 0;
  return slot(token.sep ?? [], colon, pair.value as Node | null, keyEnd, columnOf(map), !!map.flow, false);
}

/** The slot of a list's item; undefined when there is no such item, or the tree was parsed without tokens. */
export function itemSlot(seq: YAMLSeq, index: number): Slot | undefined {
  const token = tokenOf(seq)?.items[index];
  if (!token) return undefined;
  const dash = token.start.find(({ type }) => type === "seq-item-ind");
  const value = (seq.items[index] as Node | null) ?? null;
  return slot(token.start, dash, value, value?.range?.[0] ?? 0, columnOf(seq), !!seq.flow, true);
}

function slot(
  tokens: CST.SourceToken[],
  mark: CST.SourceToken | undefined,
  value: Node | null,
  otherwise: number,
  indent: number,
  inFlow: boolean,
  ofDash: boolean,
): Slot {
  const behind = mark ? tokens.slice(tokens.indexOf(mark) + 1) : tokens;
  const anchor = behind.find(({ type }) => type === "anchor");
  const tag = behind.find(({ type }) => type === "tag");
  const indicatorEnd = mark && endOf(mark);
  const insertAt = Math.max(
    indicatorEnd ?? otherwise,
    ...[anchor, tag].map((token) => (token ? endOf(token) : 0)),
  );
  return { indicatorEnd, anchor, tag, value, insertAt, indent, inFlow, ofDash };
}

function endOf(token: CST.SourceToken): number {
  return token.offset + token.source.length;
}

type CollectionToken = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

export function tokenOf(node: YAMLMap | YAMLSeq): CollectionToken | undefined {
  const token = node.srcToken;
  return token && "items" in token ? (token as CollectionToken) : undefined;
}

/** Column of a block collection's keys or dashes. */
export function columnOf(node: YAMLMap | YAMLSeq): number {
  return tokenOf(node)?.indent ?? 0;
}

/** Whether nothing is written at the node's place. */
export function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.source === "" && node.type === Scalar.PLAIN);
}

export function isBlockScalar(node: Node | null): node is Scalar {
  return isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
}

export function isBlockCollection(node: Node | null): node is YAMLMap | YAMLSeq {
  return isCollection(node) && !node.flow;
}

/**
 * Offset after the last character of the slot's value, before any comment or line break; after the colon or
 * dash when the slot is empty. Unlike `range`, this leaves out the blank and comment lines after a
 * collection.
 */
export function contentEnd(text: string, { value, insertAt }: Slot): number {
  if (value === null || isEmpty(value)) return insertAt;
  if (isBlockScalar(value)) return blockScalarEnd(text, value);
  if (!isBlockCollection(value)) return value.range?.[1] ?? insertAt;
  return lastContentEnd(text, value) ?? value.range?.[1] ?? insertAt;
}

/** Offset after the last key or item of a block collection; undefined when it is empty. */
export function lastContentEnd(text: string, node: YAMLMap | YAMLSeq): number | undefined {
  if (isMap(node)) {
    const last = node.items.at(-1);
    const inner = last && pairSlot(node, last);
    return inner && contentEnd(text, inner);
  }
  const inner = isSeq(node) ? itemSlot(node, node.items.length - 1) : undefined;
  return inner && contentEnd(text, inner);
}

/**
 * Offset after the last line with text. Blank lines after it belong to the scalar only when the header is
 * `|+`.
 */
function blockScalarEnd(text: string, scalar: Scalar): number {
  const [start, end] = scalar.range ?? [0, 0, 0];
  const header = /^[|>][-+0-9]*/.exec(text.slice(start, start + 4))?.[0] ?? "";
  const body = text.slice(start, end);
  if (header.includes("+")) return start + body.replace(/\r?\n$/, "").length;
  return start + body.replace(/[\s]+$/, "").length;
}

/** Where the line break of the line that holds `offset` begins, or the end of the text. */
export function breakAt(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  if (text[end - 1] !== "\n") return end;
  return text[end - 2] === "\r" ? end - 2 : end - 1;
}

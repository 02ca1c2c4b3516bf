import { isScalar, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { Json, JsonMap } from "../json.ts";
import { lineEnd, lineStart } from "./position.ts";
import { afterDash, blockEntries, flowEntries, flowValue, type Style } from "./render.ts";
import {
  breakAt,
  columnOf,
  contentEnd,
  itemSlot,
  lastContentEnd,
  pairSlot,
  type Slot,
  type Splice,
  tokenOf,
} from "./slot.ts";

/** Adds keys after the map's last one, in its style. */
export function addEntries(text: string, map: YAMLMap, entries: JsonMap, style: Style): Splice[] | undefined {
  if (map.flow) {
    const last = map.items.at(-1);
    const slot = last && pairSlot(map, last);
    if (!slot) return map.items.length === 0 ? [replaceNode(map, flowValue(entries, style))] : undefined;
    const end = contentEnd(text, slot);
    return [{ start: end, end, text: `, ${flowEntries(entries, style)}` }];
  }
  const end = lastContentEnd(text, map);
  if (end === undefined) return undefined;
  const column = columnOf(map);
  return [newLines(text, end, `${" ".repeat(column)}${blockEntries(entries, column, style)}`, style)];
}

/** Removes a key with its value and the comment in its line. Undefined when it is the map's only key. */
export function removePair(text: string, map: YAMLMap, pair: Pair): Splice[] | undefined {
  const number = map.items.indexOf(pair);
  const slot = pairSlot(map, pair);
  const start = keyStart(pair);
  if (!slot || start === undefined || map.items.length < 2) return undefined;
  if (map.flow)
    return [
      removeFromFlow(text, start, slot, keyStart(map.items[number + 1]), flowEndOf(text, map, number - 1)),
    ];
  const end = lineEnd(text, contentEnd(text, slot));
  const line = lineStart(text, start);
  if (text.slice(line, start).trim() === "") return [removeLines(text, line, end)];
  // After a dash, the next key moves up into the removed key's place, unless a comment is between them.
  const next = keyStart(map.items[number + 1]);
  if (next === undefined) return undefined;
  if (text.slice(end, next).trim() === "") return [{ start, end: next, text: "" }];
  const dash = line + text.slice(line, start).trimEnd().length;
  return [{ start: dash, end: breakAt(text, contentEnd(text, slot)), text: "" }];
}

/** Adds items after the last one of a list inside a task. */
export function appendItems(
  text: string,
  seq: YAMLSeq,
  items: readonly Json[],
  style: Style,
): Splice[] | undefined {
  if (seq.flow) {
    const slot = itemSlot(seq, seq.items.length - 1);
    if (!slot) return seq.items.length === 0 ? [replaceNode(seq, flowValue([...items], style))] : undefined;
    const end = contentEnd(text, slot);
    return [{ start: end, end, text: items.map((item) => `, ${flowValue(item, style)}`).join("") }];
  }
  const end = lastContentEnd(text, seq);
  if (end === undefined) return undefined;
  const column = columnOf(seq);
  const lines = items.map((item) => `${" ".repeat(column)}-${afterDash(item, column, style)}`);
  return [newLines(text, end, lines.join(style.eol), style)];
}

/** Adds lines below the line that holds `end`. The text ends with a line break exactly if it did before. */
function newLines(text: string, end: number, lines: string, { eol }: Style): Splice {
  const at = lineEnd(text, end);
  return { start: at, end: at, text: text[at - 1] === "\n" ? lines + eol : eol + lines };
}

/** Removes an item of a list inside a task, with the comment in its line. */
export function removeItem(text: string, seq: YAMLSeq, number: number): Splice[] | undefined {
  const slot = itemSlot(seq, number);
  const start = itemTokenStart(seq, number);
  if (!slot || seq.items.length < 2) return undefined;
  if (slot.indicatorEnd === undefined) {
    const previous = itemSlot(seq, number - 1);
    return start === undefined
      ? undefined
      : [
          removeFromFlow(
            text,
            start,
            slot,
            itemTokenStart(seq, number + 1),
            previous && contentEnd(text, previous),
          ),
        ];
  }
  const line = lineStart(text, slot.indicatorEnd - 1);
  if (text.slice(line, slot.indicatorEnd - 1).trim() !== "") return undefined;
  return [removeLines(text, line, lineEnd(text, contentEnd(text, slot)))];
}

/** Cuts one item or pair out of brackets, with the comma that joined it to its neighbour. */
export function removeFromFlow(
  text: string,
  start: number,
  slot: Slot,
  nextStart: number | undefined,
  previousEnd: number | undefined,
): Splice {
  if (nextStart !== undefined) return { start, end: nextStart, text: "" };
  return { start: previousEnd ?? start, end: contentEnd(text, slot), text: "" };
}

function flowEndOf(text: string, map: YAMLMap, number: number): number | undefined {
  const pair = map.items[number];
  const slot = pair && pairSlot(map, pair);
  return slot && contentEnd(text, slot);
}

/**
 * Removes the lines from `start` to `end`; also the break before them when they are last and end without a
 * break.
 */
function removeLines(text: string, start: number, end: number): Splice {
  if (end < text.length || text.endsWith("\n") || start === 0) return { start, end, text: "" };
  return { start: breakAt(text, start - 1), end, text: "" };
}

function replaceNode(node: YAMLMap | YAMLSeq, text: string): Splice {
  const [start, end] = node.range ?? [0, 0];
  return { start, end, text };
}

/** Offset of a key, including its `?`, anchor or tag. */
function keyStart(pair: Pair | undefined): number | undefined {
  if (!pair || !isScalar(pair.key)) return undefined;
  const props =
    pair.srcToken?.start.filter(
      ({ type }) => type === "anchor" || type === "tag" || type === "explicit-key-ind",
    ) ?? [];
  return props[0]?.offset ?? (pair.key as Node).range?.[0];
}

/** Offset of an item of a list, including its anchor or tag. */
export function itemTokenStart(seq: YAMLSeq, index: number): number | undefined {
  const token = tokenOf(seq)?.items[index];
  const props = token?.start.filter(({ type }) => type === "anchor" || type === "tag") ?? [];
  return props[0]?.offset ?? (seq.items[index] as Node | null)?.range?.[0];
}

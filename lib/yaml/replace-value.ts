import { isScalar, type Node, Scalar } from "yaml";
import { isMap, type Json } from "../json.ts";
import { isBlockSafe, isTimestampText, type ScalarContext, type Quoting } from "./quote.ts";
import { afterDash, blockValue, flowValue, isCutShort, literal, type Style } from "./render.ts";
import {
  breakAt,
  contentEnd,
  isBlockCollection,
  isBlockScalar,
  isEmpty,
  type Slot,
  type Splice,
} from "./slot.ts";

/**
 * The splices that put `value` into the slot, written like the old value where that is possible. An anchor
 * stays and a tag goes. Comments around the old value stay; comments inside a replaced collection go with it.
 */
export function replaceValue(text: string, slot: Slot, value: Json, style: Style): Splice[] {
  const { value: old } = slot;
  if (isBlockCollection(old)) return replaceBlockCollection(text, slot, old, value, style);
  if (isBlockScalar(old)) return [replaceBlockScalar(text, slot, old, value, style)];
  const scalar = scalarHints(text, slot, value);
  if (isCollectionValue(value) && !slot.inFlow && !isFlow(old))
    return writeBlockCollection(text, slot, value, style);
  const inline =
    slot.inFlow || isFlow(old)
      ? flowValue(value, style, scalar)
      : blockValue(value, slot.indent, style, scalar).slice(1);
  return [inlineSplice(slot, inline)];
}

/** Puts `inline` in the place of the slot's one-line value, or into an empty slot. It also replaces a tag. */
function inlineSplice(slot: Slot, inline: string): Splice {
  const { value, anchor, tag, insertAt, indicatorEnd } = slot;
  const colon = indicatorEnd === undefined && value === null ? ":" : "";
  if (isEmpty(value) && !tag) return { start: insertAt, end: insertAt, text: `${colon} ${inline}` };
  const end = isEmpty(value) ? insertAt : (value?.range?.[1] ?? insertAt);
  const valueStart = isEmpty(value) ? insertAt : (value?.range?.[0] ?? insertAt);
  if (!tag) return { start: valueStart, end, text: inline };
  const first = anchor && anchor.offset < tag.offset ? anchor : tag;
  return { start: first.offset, end, text: anchor ? `${anchor.source} ${inline}` : inline };
}

/**
 * Writes a block collection in place of a scalar, an alias or nothing. A comment stays in the line of the
 * colon.
 */
export function writeBlockCollection(text: string, slot: Slot, value: Json, style: Style): Splice[] {
  const { anchor, insertAt, indicatorEnd = insertAt } = slot;
  const end = isEmpty(slot.value) ? insertAt : contentEnd(text, slot);
  const head = anchor ? ` ${anchor.source}` : "";
  if (slot.ofDash && !anchor)
    return [{ start: indicatorEnd, end, text: afterDash(value, slot.indent, style) }];
  const lines = slot.ofDash
    ? blockValue(value, slot.indent, { ...style, listIndent: 2 })
    : blockValue(value, slot.indent, style);
  const feed = breakAt(text, end);
  if (feed === end) return [{ start: indicatorEnd, end, text: head + lines }];
  return [
    { start: indicatorEnd, end, text: head },
    { start: feed, end: feed, text: lines },
  ];
}

function replaceBlockScalar(text: string, slot: Slot, old: Scalar, value: Json, style: Style): Splice {
  const start = (slot.tag && !slot.anchor ? slot.tag.offset : undefined) ?? old.range?.[0] ?? slot.insertAt;
  const end = contentEnd(text, slot);
  const header = /^([|>])[-+0-9]*([ \t]+#[^\r\n]*)?/.exec(text.slice(old.range?.[0], end));
  const comment = header?.[2] ?? "";
  const isLast = end === text.length;
  if (typeof value === "string" && isBlockSafe(value) && !(isLast && isCutShort(value, style))) {
    const content = /\n( +)\S/.exec(text.slice(start, end))?.[1]?.length ?? slot.indent + 2;
    const folded = header?.[1] === ">" && !/^[ \t]/m.test(value);
    const body = folded ? value.replace(/\n+(?=[^\n])/g, "$&\n") : value;
    const block = literal(body, content, style, comment);
    return { start, end, text: folded ? block.replace("|", ">") : block };
  }
  const rendered = blockValue(value, slot.indent, style, { wish: "plain" });
  if (isCollectionValue(value)) return { start: slot.insertAt, end, text: comment + rendered };
  return { start, end, text: rendered.slice(1) + comment };
}

function replaceBlockCollection(text: string, slot: Slot, old: Node, value: Json, style: Style): Splice[] {
  const start = old.range?.[0] ?? slot.insertAt;
  const end = breakAt(text, contentEnd(text, slot));
  const { anchor, indicatorEnd = slot.insertAt } = slot;
  const head = anchor ? ` ${anchor.source}` : "";
  const rendered =
    slot.ofDash && !anchor ? afterDash(value, slot.indent, style) : blockValue(value, slot.indent, style);
  const keyLineEnd = breakAt(text, slot.insertAt);
  // `- a: 1`: the collection begins in the dash's own line.
  if (start < keyLineEnd) return [{ start: indicatorEnd, end, text: head + rendered }];
  const props: Splice[] = slot.tag ? [{ start: indicatorEnd, end: slot.insertAt, text: head }] : [];
  if (rendered.startsWith(style.eol)) return [...props, { start: keyLineEnd, end, text: rendered }];
  return [
    {
      start: slot.tag ? indicatorEnd : slot.insertAt,
      end: slot.insertAt,
      text: (slot.tag ? head : "") + rendered,
    },
    { start: keyLineEnd, end, text: "" },
  ];
}

function scalarHints(text: string, slot: Slot, value: Json): Partial<ScalarContext> {
  const { value: old } = slot;
  const quoted = isScalar(old) ? QUOTING.get(old.type ?? "") : undefined;
  if (quoted) return { wish: quoted };
  const end = contentEnd(text, slot);
  // A literal block cannot begin before a comment or blanks.
  if (typeof value === "string" && value.includes("\n") && end !== breakAt(text, end))
    return { wish: "double" };
  return { wish: "plain", plainTimestamp: isScalar(old) && isTimestampText(old.source ?? "") };
}

const QUOTING: ReadonlyMap<string, Quoting> = new Map([
  [Scalar.QUOTE_DOUBLE, "double"],
  [Scalar.QUOTE_SINGLE, "single"],
]);

function isFlow(node: Node | null): boolean {
  return node !== null && "flow" in node && node.flow === true;
}

function isCollectionValue(value: Json): boolean {
  return Array.isArray(value) ? value.length > 0 : isMap(value) && Object.keys(value).length > 0;
}

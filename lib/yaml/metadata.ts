import { isMap, isScalar, parseDocument, type YAMLMap } from "yaml";
import { ScheduleDocument } from "./document.ts";
import { standsAlone } from "./read-chunks.ts";
import { replaceValue } from "./replace-value.ts";
import { jsonOf } from "./json-of.ts";
import { skeleton } from "./layout.ts";
import { likeNotation } from "./notation.ts";
import { withChange } from "./operations.ts";
import { readSchedule } from "./read.ts";
import { applySplices } from "./rewrite-items.ts";
import { pairSlot, type Slot, type Splice } from "./slot.ts";
import { styleOf } from "./style.ts";
import type { Tree } from "./parse-tree.ts";
import { parseWhole } from "./update-items.ts";
import { itemsAsExpected, restOfFile } from "./verify.ts";
import { equalJson, type Json } from "../json.ts";

/** A value, or the characters that stood in its place before. */
export type MetadataValues = Readonly<Record<string, string | { written: string }>>;

/**
 * Writes values into the `metadata` section, for keys that have a scalar value there. The result is verified.
 * The section is only information for the reader, so that the document stays as it is when a value cannot be
 * spliced.
 */
export function setMetadata(document: ScheduleDocument, values: MetadataValues): ScheduleDocument {
  const { text, parts } = document;
  const { layout } = parts;
  if (Object.keys(values).length === 0 || !mayHaveMetadata(document)) return document;
  const around = layout ? skeleton(text, layout).text : text;
  const tree = parseWhole(around);
  const { splices, meant } = tree ? metadataSplices(tree, values, document) : { splices: [], meant: null };
  if (splices.length === 0) return document;
  const after = layout ? shifted(document, around, splices) : readSchedule(applySplices(text, splices));
  const good =
    after &&
    equalJson(restOfFile(after), meant) &&
    itemsAsExpected(document, after, document.parts.entries.length, (from) => ({ from }));
  return good ? after : document;
}

/** How the values of these keys are written in the section; a key without a scalar value is left out. */
export function writtenMetadata(document: ScheduleDocument, keys: readonly string[]): Record<string, string> {
  const { text, parts } = document;
  const tree =
    keys.length > 0 && mayHaveMetadata(document)
      ? parseWhole(parts.layout ? skeleton(text, parts.layout).text : text)
      : undefined;
  const section = tree && sectionOf(tree);
  if (!tree || !section) return {};
  const written = keys.flatMap((key) => {
    const range = valueSlot(section, key)?.value?.range;
    return range ? [[key, tree.text.slice(range[0], range[1])] as const] : [];
  });
  return Object.fromEntries(written);
}

function mayHaveMetadata({ text, parts: { layout } }: ScheduleDocument): boolean {
  return /metadata/.test(layout ? text.slice(0, layout.starts[0]) + text.slice(layout.end) : text);
}

function sectionOf({ root }: Tree): YAMLMap | undefined {
  const pairs = (root as YAMLMap).items.filter(({ key }) => isScalar(key) && key.value === "metadata");
  const section = pairs[0]?.value;
  return pairs.length === 1 && isMap(section) ? section : undefined;
}

/** The place of a key's value; undefined where the key is not there once, or has a value that is no scalar. */
function valueSlot(section: YAMLMap, key: string): Slot | undefined {
  const [pair, ...others] = section.items.filter((each) => isScalar(each.key) && each.key.value === key);
  const slot = pair && others.length === 0 ? pairSlot(section, pair) : undefined;
  return slot && (slot.value === null || isScalar(slot.value)) ? slot : undefined;
}

function metadataSplices(
  tree: Tree,
  values: MetadataValues,
  document: ScheduleDocument,
): { splices: Splice[]; meant: Json } {
  let meant: Json = restOfFile(document) ?? null;
  const splices: Splice[] = [];
  const section = sectionOf(tree);
  for (const [key, value] of section ? Object.entries(values) : []) {
    const slot = section && valueSlot(section, key);
    if (!slot) continue;
    const old = isScalar(slot.value) ? slot.value.value : undefined;
    if (typeof value !== "string") {
      const [start, end] = slot.value?.range ?? [slot.insertAt, slot.insertAt];
      splices.push({ start, end, text: value.written });
      meant = withChange(
        meant,
        ["metadata", key],
        jsonOf(parseDocument(value.written).contents, new Map()).value,
      );
      continue;
    }
    const written = typeof old === "string" ? likeNotation(old, value) : value;
    if (written === old) continue;
    splices.push(...replaceValue(tree.text, slot, written, styleOf(tree.text, document.text)));
    meant = withChange(meant, ["metadata", key], written);
  }
  return { splices, meant };
}

/** Applies splices to the text around the items. The splices' offsets count in the skeleton. */
function shifted(
  document: ScheduleDocument,
  around: string,
  splices: readonly Splice[],
): ScheduleDocument | undefined {
  const { text, parts } = document;
  const { layout } = parts;
  if (!layout) return undefined;
  const head = layout.starts[0] ?? 0;
  const behind = layout.end - (around.length - (text.length - layout.end));
  const real = splices.map((splice) => {
    const by = splice.start < head ? 0 : behind;
    return { ...splice, start: splice.start + by, end: splice.end + by };
  });
  const after = applySplices(text, real);
  const shift = real.reduce(
    (sum, splice) => (splice.start < head ? sum + splice.text.length - (splice.end - splice.start) : sum),
    0,
  );
  const moved = { ...layout, starts: layout.starts.map((start) => start + shift), end: layout.end + shift };
  return standsAlone(after, moved) ? new ScheduleDocument(after, { ...parts, layout: moved }) : undefined;
}

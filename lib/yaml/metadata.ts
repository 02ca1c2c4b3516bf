import { isMap, isScalar, type YAMLMap } from "yaml";
import { ScheduleDocument } from "./document.ts";
import { standsAlone } from "./read-chunks.ts";
import { replaceValue } from "./replace-value.ts";
import { skeleton } from "./layout.ts";
import { likeNotation } from "./notation.ts";
import { withChange } from "./operations.ts";
import { readSchedule } from "./read.ts";
import { applySplices } from "./rewrite-items.ts";
import { pairSlot, type Splice } from "./slot.ts";
import { styleOf } from "./style.ts";
import type { Tree } from "./parse-tree.ts";
import { parseWhole } from "./update-items.ts";
import { itemsAsExpected, restOfFile } from "./verify.ts";
import { equalJson, type Json } from "../json.ts";

/**
 * Writes values into the `metadata` section, for keys that have a scalar value there. The result is verified.
 * The section is only information for the reader, so that the document stays as it is when a value cannot be
 * spliced.
 */
export function setMetadata(
  document: ScheduleDocument,
  values: Readonly<Record<string, string>>,
): ScheduleDocument {
  const {
    text,
    parts: { layout },
  } = document;
  if (
    Object.keys(values).length === 0 ||
    !/metadata/.test(layout ? text.slice(0, layout.starts[0]) + text.slice(layout.end) : text)
  )
    return document;
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

function metadataSplices(
  tree: Tree,
  values: Readonly<Record<string, string>>,
  document: ScheduleDocument,
): { splices: Splice[]; meant: Json } {
  let meant: Json = restOfFile(document) ?? null;
  const splices: Splice[] = [];
  const sections = (tree.root as YAMLMap).items.filter(
    ({ key }) => isScalar(key) && key.value === "metadata",
  );
  const section = sections[0]?.value;
  if (sections.length !== 1 || !isMap(section)) return { splices, meant };
  for (const [key, value] of Object.entries(values)) {
    const pairs = section.items.filter((pair) => isScalar(pair.key) && pair.key.value === key);
    const [pair] = pairs;
    const slot = pair && pairs.length === 1 ? pairSlot(section, pair) : undefined;
    if (!slot || (slot.value !== null && !isScalar(slot.value))) continue;
    const old = slot.value?.value;
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

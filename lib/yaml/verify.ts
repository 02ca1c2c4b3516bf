import { equalJson, isMap, type Json, type JsonMap, setKey } from "../json.ts";
import type { ScheduleDocument } from "./document.ts";
import { skeleton } from "./layout.ts";
import { own } from "./operations.ts";
import { jsonOf } from "./json-of.ts";
import { itemAt } from "./task-at.ts";
import { isTree, wholeTree } from "./parse-tree.ts";

/** What item `number` of the new text has to say: the same as item `from` of the old text, or a value. */
export type ExpectedItem = (number: number) => { from: number } | { json: Json };

/**
 * Whether each of the new document's `count` items is as meant. Entries shared with the old document are
 * equal.
 */
export function itemsAsExpected(
  before: ScheduleDocument,
  after: ScheduleDocument,
  count: number,
  expected: ExpectedItem,
): boolean {
  const [old, now] = [before.parts.entries, after.parts.entries];
  if (after.fatal || now.length !== count) return false;
  for (let number = 0; number < count; number += 1) {
    const wanted = expected(number);
    if ("json" in wanted) {
      if (!equalJson(itemAt(after, number).json, wanted.json)) return false;
    } else if (
      now[number] !== old[wanted.from] &&
      !equalJson(itemAt(after, number).json, itemAt(before, wanted.from).json)
    ) {
      return false;
    }
  }
  return true;
}

/** What the items have to say after an edit that updates, removes and adds items. */
export function itemsAfterEdit(
  document: ScheduleDocument,
  updated: ReadonlyMap<number, Json>,
  removed: ReadonlySet<number> = new Set(),
  added: readonly Json[] = [],
): { count: number; expected: ExpectedItem } {
  const total = document.parts.entries.length;
  const stay: number[] = [];
  for (let from = 0; from < total; from += 1) if (!removed.has(from)) stay.push(from);
  const expected: ExpectedItem = (number) => {
    const from = stay[number];
    if (from === undefined) return { json: added[number - stay.length] ?? null };
    return updated.has(from) ? { json: updated.get(from) ?? null } : { from };
  };
  return { count: stay.length + added.length, expected };
}

/** Everything in the file except the tasks; undefined when the file cannot be read. */
export function restOfFile(document: ScheduleDocument): JsonMap | undefined {
  const { text, parts } = document;
  const tree = wholeTree(parts.layout ? skeleton(text, parts.layout).text : text);
  if (!isTree(tree)) return undefined;
  const { value } = jsonOf(tree.root, tree.aliases);
  const rest: JsonMap = {};
  if (isMap(value))
    for (const key of Object.keys(value)) if (key !== "tasks") setKey(rest, key, own(value, key));
  return rest;
}

export function sameRestOfFile(before: ScheduleDocument, after: ScheduleDocument): boolean {
  return equalJson(restOfFile(before), restOfFile(after));
}

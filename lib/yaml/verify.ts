import { equalJson, isMap, type Json, type JsonMap, setKey } from "../json.ts";
import type { ScheduleDocument } from "./document.ts";
import { skeleton } from "./layout.ts";
import { own } from "./operations.ts";
import { plainOf } from "./plain.ts";
import { itemAt } from "./task-at.ts";
import { isTree, wholeTree } from "./tree.ts";

/** What an item of the new text is to say: the same as item `from` of the old one, or a value. */
export type Expected = { from: number } | { plain: Json };

/** Whether the new reading says exactly what was meant, in every item. Items it shares with the old one need no look. */
export function itemsAsMeant(before: ScheduleDocument, after: ScheduleDocument, expected: readonly Expected[]): boolean {
  if (after.fatal || after.parts.entries.length !== expected.length) return false;
  return expected.every((meant, number) => {
    if ("plain" in meant) return equalJson(itemAt(after, number).plain, meant.plain);
    if (after.parts.entries[number] === before.parts.entries[meant.from]) return true;
    return equalJson(itemAt(after, number).plain, itemAt(before, meant.from).plain);
  });
}

/** Everything in the file but the tasks. */
export function restOf(document: ScheduleDocument): JsonMap | undefined {
  const { text, parts } = document;
  const tree = wholeTree(parts.layout ? skeleton(text, parts.layout).text : text);
  if (!isTree(tree)) return undefined;
  const { value } = plainOf(tree.root, tree.aliases);
  const rest: JsonMap = {};
  if (isMap(value)) for (const key of Object.keys(value)) if (key !== "tasks") setKey(rest, key, own(value, key));
  return rest;
}

export function sameRest(before: ScheduleDocument, after: ScheduleDocument): boolean {
  return equalJson(restOf(before), restOf(after));
}

/** The numbers of all items but those left out, as expectations. */
export function unchanged(document: ScheduleDocument, without?: ReadonlySet<number>): Expected[] {
  const expected: Expected[] = [];
  for (let from = 0; from < document.parts.entries.length; from += 1) if (!without?.has(from)) expected.push({ from });
  return expected;
}

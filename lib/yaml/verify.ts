import { equalJson, isMap, type Json, type JsonMap, setKey } from "../json.ts";
import type { ScheduleDocument } from "./document.ts";
import { skeleton } from "./layout.ts";
import { own } from "./operations.ts";
import { plainOf } from "./plain.ts";
import { itemAt } from "./task-at.ts";
import { isTree, wholeTree } from "./tree.ts";

/** Item `number` of the new text is to say the same as item `from` of the old one, or a value. */
export type Meant = (number: number) => { from: number } | { plain: Json };

/** Whether the new reading says exactly what was meant, in each of `count` items. Items it shares with the old one need no look. */
export function itemsAsMeant(
  before: ScheduleDocument,
  after: ScheduleDocument,
  count: number,
  meant: Meant,
): boolean {
  const [old, now] = [before.parts.entries, after.parts.entries];
  if (after.fatal || now.length !== count) return false;
  for (let number = 0; number < count; number += 1) {
    const wanted = meant(number);
    if ("plain" in wanted) {
      if (!equalJson(itemAt(after, number).plain, wanted.plain)) return false;
    } else if (
      now[number] !== old[wanted.from] &&
      !equalJson(itemAt(after, number).plain, itemAt(before, wanted.from).plain)
    ) {
      return false;
    }
  }
  return true;
}

/** For an edit that updates, removes and adds in one go. */
export function meantBy(
  document: ScheduleDocument,
  updated: ReadonlyMap<number, Json>,
  removed: ReadonlySet<number> = new Set(),
  added: readonly Json[] = [],
): { count: number; meant: Meant } {
  const total = document.parts.entries.length;
  const stay: number[] = [];
  for (let from = 0; from < total; from += 1) if (!removed.has(from)) stay.push(from);
  const meant: Meant = (number) => {
    const from = stay[number];
    if (from === undefined) return { plain: added[number - stay.length] ?? null };
    return updated.has(from) ? { plain: updated.get(from) ?? null } : { from };
  };
  return { count: stay.length + added.length, meant };
}

/** Everything in the file but the tasks. */
export function restOf(document: ScheduleDocument): JsonMap | undefined {
  const { text, parts } = document;
  const tree = wholeTree(parts.layout ? skeleton(text, parts.layout).text : text);
  if (!isTree(tree)) return undefined;
  const { value } = plainOf(tree.root, tree.aliases);
  const rest: JsonMap = {};
  if (isMap(value))
    for (const key of Object.keys(value)) if (key !== "tasks") setKey(rest, key, own(value, key));
  return rest;
}

export function sameRest(before: ScheduleDocument, after: ScheduleDocument): boolean {
  return equalJson(restOf(before), restOf(after));
}

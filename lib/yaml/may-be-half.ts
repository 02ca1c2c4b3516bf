import { isMap, type Json } from "../json.ts";
import type { ScheduleDocument } from "./document.ts";
import { itemAt } from "./task-at.ts";

/**
 * Whether `now` may be the first part of a save that is still going on. It shows what the end of a file looks
 * like that is cut off: tasks that stood in `before` are missing or cannot be read, or the last item is new or
 * has lost keys or its line break. A whole save can look the same, so this only means: look again later.
 */
export function mayBeHalf(before: ScheduleDocument | undefined, now: ScheduleDocument): boolean {
  if (before === undefined) return true;
  if (before.everyItemIdentified && !now.everyItemIdentified) return true;
  for (const key of now.held) if (!before.held.has(key)) return true;
  const isGone = (key: string) => !now.has(key) && !now.held.has(key);
  for (const key of before.keys()) if (isGone(key)) return true;
  for (const key of before.held) if (isGone(key)) return true;
  return isCutOff(restAfterTasks(before), restAfterTasks(now)) || lastItemMayBeCut(before, now);
}

function isCutOff(before: string, now: string): boolean {
  return now.length < before.length && before.startsWith(now);
}

function restAfterTasks({ text, parts: { layout } }: ScheduleDocument): string {
  return layout ? text.slice(layout.end) : "";
}

function lastItemMayBeCut(before: ScheduleDocument, now: ScheduleDocument): boolean {
  const last = now.parts.entries.length - 1;
  const entry = now.parts.entries[last];
  if (entry?.key === undefined) return false;
  const number = before.parts.index.valid.get(entry.key);
  if (number === undefined) return !before.held.has(entry.key);
  const earlier = before.parts.entries[number];
  if (entry === earlier || (entry.fingerprint !== undefined && entry.fingerprint === earlier?.fingerprint))
    return false;
  if (!now.text.endsWith("\n")) return true;
  return hasLostKeys(itemAt(before, number).json, itemAt(now, last).json);
}

/** At any depth, as the cut may be inside the item's last map. A list that became shorter counts as well. */
function hasLostKeys(before: Json | undefined, now: Json | undefined): boolean {
  if (Array.isArray(before)) return !Array.isArray(now) || now.length < before.length;
  if (!isMap(before)) return false;
  if (!isMap(now)) return true;
  return Object.keys(before).some((key) => !Object.hasOwn(now, key) || hasLostKeys(before[key], now[key]));
}

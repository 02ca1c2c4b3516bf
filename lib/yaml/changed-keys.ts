import { equalJson } from "../json.ts";
import type { TaskKey } from "../task/task.ts";
import type { ScheduleDocument } from "./document.ts";
import type { Entry } from "./entry.ts";

/**
 * The tasks that were added, removed or changed between two readings. A task that only moved, or whose
 * comments changed, may be among them. This is cheap when `next` was read with `previous`: they share their
 * unchanged entries.
 */
export function changedKeys(previous: ScheduleDocument, next: ScheduleDocument): Set<TaskKey> {
  const changed = new Set<TaskKey>();
  const [before, after] = [previous.parts.entries, next.parts.entries];
  let front = 0;
  while (front < before.length && front < after.length && before[front] === after[front]) front += 1;
  let back = 0;
  const most = Math.min(before.length, after.length) - front;
  while (back < most && before[before.length - 1 - back] === after[after.length - 1 - back]) back += 1;
  const unmatched = byKey(before.slice(front, before.length - back));
  for (const entry of after.slice(front, after.length - back)) {
    if (entry.key === undefined) continue;
    const earlier = unmatched.get(entry.key);
    if (earlier?.length === 1 && sameEntry(earlier[0] as Entry, entry)) unmatched.delete(entry.key);
    else changed.add(entry.key);
  }
  for (const key of unmatched.keys()) changed.add(key);
  return changed;
}

function byKey(entries: readonly Entry[]): Map<TaskKey, Entry[]> {
  const map = new Map<TaskKey, Entry[]>();
  for (const entry of entries) {
    if (entry.key === undefined) continue;
    const same = map.get(entry.key);
    if (same) same.push(entry);
    else map.set(entry.key, [entry]);
  }
  return map;
}

function sameEntry(a: Entry, b: Entry): boolean {
  if (a === b) return true;
  return !a.problems && !b.problems && !!a.whole && !!b.whole && equalJson(a.whole.json, b.whole.json);
}

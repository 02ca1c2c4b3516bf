import { type LockstepEvent, MAX_EVENT_IDS } from "../protocol/event.ts";
import type { TaskKey } from "../task/task.ts";

/** With more tasks than this, events tell clients to fetch the list again. */
const MAX_NAMED = 2_000;

/** Splits the ids into events, each with as many ids as a payload holds. */
export function inParts(
  ids: readonly TaskKey[],
  event: (part: { ids: TaskKey[]; more?: true }) => LockstepEvent,
): LockstepEvent[] {
  if (ids.length > MAX_NAMED) return [event({ ids: ids.slice(0, MAX_EVENT_IDS), more: true })];
  const events: LockstepEvent[] = [];
  for (let start = 0; start < ids.length; start += MAX_EVENT_IDS) {
    events.push(event({ ids: ids.slice(start, start + MAX_EVENT_IDS) }));
  }
  return events;
}

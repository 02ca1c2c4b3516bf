import { EVENT_CHANNEL, type LockstepEvent, MAX_EVENT_IDS } from "../../lib/protocol/event.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { Queryable } from "../store/pool.ts";

/** Past this many, clients are told to fetch the list again instead. */
const MAX_NAMED = 2_000;

/** Sends events; inside a transaction PostgreSQL delivers them when, and only if, it commits. */
export async function publish(tx: Queryable, events: readonly LockstepEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(`SELECT pg_notify('${EVENT_CHANNEL}', payload) FROM unnest($1::text[]) AS payload`, [
    events.map((event) => JSON.stringify(event)),
  ]);
}

/** One event per as many ids as a payload holds. */
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

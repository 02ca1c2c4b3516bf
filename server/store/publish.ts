import { EVENT_CHANNEL, type LockstepEvent } from "../../lib/protocol/event.ts";
import type { Queryable } from "./pool.ts";

/** Publishes events. In a transaction PostgreSQL delivers them when it commits, and only then. */
export async function publish(db: Queryable, events: readonly LockstepEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db.query(`SELECT pg_notify('${EVENT_CHANNEL}', payload) FROM unnest($1::text[]) AS payload`, [
    events.map((event) => JSON.stringify(event)),
  ]);
}

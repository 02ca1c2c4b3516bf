import pg from "pg";
import { EVENT_CHANNEL, eventSchema, type LockstepEvent } from "../../lib/protocol/event.ts";

/** Collects the events that are published on a database until `close`. */
export async function listenToEvents(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const events: LockstepEvent[] = [];
  client.on("notification", ({ payload }) => events.push(eventSchema.parse(JSON.parse(payload ?? ""))));
  await client.query(`LISTEN ${EVENT_CHANNEL}`);
  return { events, close: () => client.end() };
}

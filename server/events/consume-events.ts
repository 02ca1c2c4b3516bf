import {
  type ClientEvent,
  EVENT_CHANNEL,
  eventSchema,
  type LockstepEvent,
} from "../../lib/protocol/event.ts";
import { type Clock, systemClock } from "../clock.ts";
import { logger } from "../log.ts";
import { listen } from "../store/listen.ts";
import type { EventConsumer } from "./event-consumer.ts";

/**
 * Passes committed events, which any process publishes once, on to the consumers of this process. Events
 * during a lost connection are missed, so that consumers are told afterwards that the status has changed.
 */
export async function consumeEvents(
  consumers: readonly EventConsumer[],
  clock: Clock = systemClock,
): Promise<{ close(): Promise<void> }> {
  const log = logger("events");
  const send = (event: LockstepEvent) => {
    const stamped: ClientEvent = { ...event, timestamp: clock.now().toISOString() };
    for (const consumer of consumers) {
      try {
        consumer.send(stamped);
      } catch (error) {
        log.error({ err: error, event: event.event }, "an event could not be sent");
      }
    }
  };
  return listen(
    [EVENT_CHANNEL],
    (_channel, payload) => {
      const event = parseEvent(payload);
      if (event) send(event);
      else log.warn({ payload: payload.slice(0, 200) }, "a notification is not an event");
    },
    () => send({ event: "sync_status_changed" }),
  );
}

/** Reads an event; null for any other text, because every user of the database may NOTIFY. */
function parseEvent(payload: string): LockstepEvent | null {
  try {
    return eventSchema.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}

import type { ClientEvent } from "../../lib/protocol/event.ts";

/**
 * A way for committed events to leave Lockstep: the sockets of browsers, and later channels such as email.
 * A new consumer is a folder that implements this, and an entry in the list given to `consumeEvents`.
 */
export interface EventConsumer {
  /** Takes one event. It must not wait; an error is logged and keeps no other consumer from the event. */
  send(event: ClientEvent): void;
  close(): void;
}

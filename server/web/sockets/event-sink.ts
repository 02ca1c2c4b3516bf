import type { ClientEvent } from "../../../lib/protocol/event.ts";

/** Sends events to all clients of one kind of socket. */
export interface EventSink {
  /** Sends the event to every client. It is serialised only once. */
  send(event: ClientEvent): void;
  close(): void;
}

/**
 * Most bytes that may wait for a client. Beyond that the client is disconnected; it reconnects and loads
 * everything again.
 */
export const MAX_BUFFERED_BYTES = 1024 * 1024;

export const HEARTBEAT_MS = 30_000;

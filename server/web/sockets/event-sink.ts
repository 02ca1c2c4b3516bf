import type { ClientEvent } from "../../../lib/protocol/event.ts";

/** Where events go: all clients of one kind of socket. */
export interface EventSink {
  /** Sends the event to every client; it is serialised once, however many there are. */
  send(event: ClientEvent): void;
  close(): void;
}

/** Bytes that may wait for a client before it is taken for gone: it reconnects and fetches anew. */
export const MAX_BUFFERED_BYTES = 1024 * 1024;

export const HEARTBEAT_MS = 30_000;

/**
 * Most bytes that may wait for a client. Beyond that the client is disconnected; it reconnects and loads
 * everything again.
 */
export const MAX_BUFFERED_BYTES = 1024 * 1024;

export const HEARTBEAT_MS = 30_000;

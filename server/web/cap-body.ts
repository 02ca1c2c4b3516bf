import type { IncomingMessage } from "node:http";

/**
 * A client that goes on sending may send this many times the limit, so that it can read the answer. Then it
 * is cut off.
 */
const PATIENCE = 8;

/**
 * Watches the size of a request's body, for any reader and any announced length. It calls
 * `exceeded` once when the body is larger than `limit` bytes. Nothing beyond the limit is kept.
 */
export function capBody(request: IncomingMessage, limit: number, exceeded: () => void): void {
  let size = 0;
  const push = request.push.bind(request);
  // The parser passes every piece to `push`. A listener for `data` would start the stream before its reader
  // is ready.
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (chunk === null) return push(null, encoding);
    const before = size;
    size += chunk.length;
    if (size <= limit) return push(chunk, encoding);
    if (before <= limit) exceeded();
    if (size > limit * PATIENCE) request.socket.destroy();
    return true;
  };
}

import type { IncomingMessage } from "node:http";

/** A client that goes on sending is let finish up to here, so that it reads the answer; then it is cut off. */
const PATIENCE = 8;

/**
 * Watches over a request's body whoever reads it, and whatever length it announced: calls `exceeded` once
 * when it grows beyond `limit` bytes. Nothing beyond the limit is kept.
 */
export function capBody(request: IncomingMessage, limit: number, exceeded: () => void): void {
  let size = 0;
  const push = request.push.bind(request);
  // The parser hands every piece to `push`; a listener for `data` would make the stream flow before its reader is there.
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

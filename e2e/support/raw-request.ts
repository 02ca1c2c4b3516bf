import { connect } from "node:net";

/** A request byte by byte, so that no HTTP client corrects it on the way to the server. */
export interface RawRequest {
  head: string;
  body?: Buffer;
  /** Ends the sending side after this and leaves the connection half open, as a broken client would. */
  halfClose?: boolean;
  /** Invalid frames to send after an answer of 101. */
  then?: Buffer;
}

export interface RawAnswer {
  /** The status of the answer; 0 when the connection was closed without one. */
  status: number;
  text: string;
}

const PATIENCE_MS = 15_000;

/**
 * Sends the request and waits until the server closes the connection, which every request here asks for or forces.
 * @throws when the server does not close it in time.
 */
export function sendRaw(
  port: number,
  { head, body, halfClose, then }: RawRequest,
  patienceMs = PATIENCE_MS,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => {
      socket.destroy();
      reject(
        new Error(
          `no end after ${patienceMs} ms, so far: ${Buffer.concat(chunks).toString("latin1").slice(0, 200)}`,
        ),
      );
    }, patienceMs);
    socket.on("data", (chunk: Buffer) => {
      if (chunks.length === 0 && then && chunk.toString("latin1").startsWith("HTTP/1.1 101"))
        socket.write(then);
      chunks.push(chunk);
    });
    // The server may close while the request is still being sent. What it answered before that counts.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(timer);
      const text = Buffer.concat(chunks).toString("utf8");
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    });
    socket.write(Buffer.concat([Buffer.from(head, "latin1"), body ?? Buffer.alloc(0)]));
    if (halfClose) socket.end();
  });
}

import { connect } from "node:net";

/** A request byte by byte: nothing between the test and the server puts it right. */
export interface RawRequest {
  head: string;
  body?: Buffer;
  /** Say no more after this, and leave the connection half open, as a broken client would. */
  halfClose?: boolean;
  /** After an answer of 101: frames of rubbish. */
  then?: Buffer;
}

export interface RawAnswer {
  /** 0: the connection was closed without an answer. */
  status: number;
  text: string;
}

const PATIENCE_MS = 15_000;

/** Sends it and waits until the server closes, which every request here asks for or forces. @throws when it hangs. */
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
    // The server may close while we are still sending: what it said before that counts.
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

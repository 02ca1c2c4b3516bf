import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { TextResponse } from "./json-response.ts";

/** Sends a handler's answer. A text goes out at once, a stream as fast as the client reads it. */
export async function sendAnswer(response: ServerResponse, answer: Response): Promise<void> {
  // The front has answered for a body that was too large, or the client has gone.
  if (response.headersSent || response.destroyed) return void answer.body?.cancel().catch(() => undefined);
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    if (name === "set-cookie") response.appendHeader(name, value);
    else response.setHeader(name, value);
  }
  if (answer instanceof TextResponse) {
    response.setHeader("Content-Length", Buffer.byteLength(answer.content));
    response.end(answer.content);
  } else if (answer.body === null) {
    response.end();
  } else {
    await pipeline(Readable.fromWeb(answer.body as ReadableStream), response).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE"))
        throw error;
    });
  }
}

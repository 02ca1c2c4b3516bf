import { LockstepError } from "../../lib/errors.ts";
import { parseJson } from "../../lib/protocol/parse-json.ts";
import type { Json } from "../../lib/json.ts";
import type { Identity } from "./authorize.ts";

export const BODY_LIMIT_BYTES = 1024 * 1024;

/**
 * Reads the request's body as JSON; undefined when there is none.
 * @throws {LockstepError} body_too_large, unsupported_media_type, invalid_json.
 */
export async function readBody(request: Request, by: Identity["by"]): Promise<Json | undefined> {
  const text = await readText(request);
  if (text.trim() === "") return undefined;
  // Another site's page can send forms and plain text with the cookie, but needs permission to send this
  // type.
  if (
    by === "cookie" &&
    !/^application\/(?:[\w.-]+\+)?json *(?:;|$)/i.test(request.headers.get("content-type") ?? "")
  ) {
    throw new LockstepError("unsupported_media_type", "send the body as Content-Type: application/json");
  }
  return parseJson(text);
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > BODY_LIMIT_BYTES) throw bodyTooLarge();
  if (request.body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > BODY_LIMIT_BYTES) {
      void reader.cancel().catch(() => undefined);
      throw bodyTooLarge();
    }
    chunks.push(value);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new LockstepError("invalid_json", "the body is not UTF-8; send it as UTF-8");
  }
}

export function bodyTooLarge(): LockstepError {
  return new LockstepError(
    "body_too_large",
    `the body is larger than ${BODY_LIMIT_BYTES} bytes; send less at once`,
  );
}

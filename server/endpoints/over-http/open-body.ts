import { pipeline, type Readable, type Transform } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import zlib from "node:zlib";
import { bodyText } from "./decompress.ts";
import { MEGABYTE } from "./dispatcher.ts";

/** A larger body is not held as a whole: reading it in pieces takes longer, but no more memory. In bytes. */
const SMALL_BODY = MEGABYTE;

/** A small body as text, or a large one in pieces. */
export interface OpenBody {
  text: string;
  pieces: AsyncGenerator<string> | null;
}

const DECODERS: Readonly<Record<string, (() => Transform) | undefined>> = {
  gzip: zlib.createGunzip,
  "x-gzip": zlib.createGunzip,
  deflate: zlib.createInflate,
  br: zlib.createBrotliDecompress,
};

/** Reads a body that is small, and the beginning of one that is not. `most`: bytes that it may have when decompressed. */
export async function openBody(body: Readable, encoding: string, most: number): Promise<OpenBody> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  const head: Buffer[] = [];
  let [size, ended] = [0, false];
  while (size <= SMALL_BODY && !ended) {
    const next = await chunks.next();
    if (next.done) ended = true;
    else {
      head.push(next.value);
      size += next.value.length;
    }
  }
  if (ended) {
    try {
      return {
        text: await bodyText(Buffer.concat(head), encoding, Math.min(SMALL_BODY, most)),
        pieces: null,
      };
    } catch (error) {
      // It is small only as long as it is compressed.
      if (!isTooLarge(error) || most <= SMALL_BODY) throw error;
    }
  }
  return { text: "", pieces: piecesOf(body, after(head, chunks), { encoding, most }) };
}

async function* after(head: Buffer[], rest: AsyncIterator<Buffer, undefined>): AsyncGenerator<Buffer> {
  for (let next = head.shift(); next; next = head.shift()) yield next;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* piecesOf(
  body: Readable,
  chunks: AsyncGenerator<Buffer>,
  { encoding, most }: { encoding: string; most: number },
): AsyncGenerator<string> {
  const decoder = DECODERS[encoding.trim().toLowerCase()]?.();
  // What goes wrong in front of the decoder comes out behind it.
  if (decoder) pipeline(chunks, decoder, () => undefined);
  const utf8 = new StringDecoder("utf8");
  let size = 0;
  try {
    for await (const chunk of (decoder ?? chunks) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) throw Object.assign(new RangeError("the body is too large"), { code: TOO_LARGE });
      yield utf8.write(chunk);
    }
    yield utf8.end();
  } finally {
    body.destroy();
  }
}

const TOO_LARGE = "ERR_BUFFER_TOO_LARGE";

function isTooLarge(error: unknown): boolean {
  return (error as { code?: string }).code === TOO_LARGE;
}

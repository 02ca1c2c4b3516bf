import { promisify } from "node:util";
import zlib from "node:zlib";

type Decode = (bytes: Buffer, limits: { maxOutputLength: number }) => Promise<Buffer>;

const gunzip: Decode = promisify(zlib.gunzip);
const DECODERS: Readonly<Record<string, Decode | undefined>> = {
  gzip: gunzip,
  "x-gzip": gunzip,
  deflate: promisify(zlib.inflate),
  br: promisify(zlib.brotliDecompress),
};

/** The body as text. @throws RangeError when it has more bytes than `most` once it is decompressed. */
export async function bodyText(bytes: Buffer, encoding: string, most: number): Promise<string> {
  const decode = DECODERS[encoding.trim().toLowerCase()];
  const plain = decode && bytes.length > 0 ? await decode(bytes, { maxOutputLength: most }) : bytes;
  return plain.toString("utf8");
}

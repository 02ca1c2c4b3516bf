import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const TEXTS = new Set([".js", ".css"]);
/** Files smaller than this, in bytes, fit into one packet anyway. */
const LEAST = 1024;
/** One step below the highest: the last step takes three times as long, for 2 % less. */
const QUALITY = 10;

/**
 * Writes the scripts and styles of the pages once more, compressed by brotli and gzip, beside the originals.
 * server/web/static-files.ts serves them.
 * @param {string} folder
 */
export async function compressPages(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    TEXTS.has(extname(name)),
  );
  // Node compresses in threads of its own, a few files at a time.
  await Promise.all(files.map((name) => compress(join(folder, name))));
}

/** @param {string} file */
async function compress(file) {
  const text = await readFile(file);
  if (text.length < LEAST) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(text, { params }));
  await writeFile(`${file}.gz`, await promisify(gzip)(text, { level: 9 }));
}

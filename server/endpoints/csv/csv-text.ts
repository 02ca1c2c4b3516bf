import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { CollectionUnreadable } from "../collection.ts";
import { HttpClient } from "../over-http/http-client.ts";
import type { CsvOptions } from "./options.ts";

/** The text of a CSV file, with what tells whether it is still the same. */
export interface CsvText {
  version: string;
  pieces: AsyncIterable<string>;
  /** Whether the text is still the one that was begun with. */
  isSame(): Promise<boolean>;
}

/** Opens the text anew for each reading. @throws {CollectionUnreadable} */
export type OpenText = (signal?: AbortSignal) => Promise<CsvText>;

/** How long a file has to be at rest, because its writer may still be at work. */
const AT_REST_MS = 300;
const ACCEPT = "text/csv, text/plain;q=0.9, */*;q=0.5";

/** How the text is had, and how the reading of it is called for people. */
export function textOf(options: CsvOptions): { open: OpenText; request: string } {
  const { config, valueOf, now = () => Date.now() } = options;
  const { from } = config;
  if ("file" in from) {
    const request = `read ${options.place}`;
    return { request, open: () => openFile(options, now, request) };
  }
  const headers = { accept: ACCEPT, ...from.client.headers };
  const client = new HttpClient({ ...from.client, headers }, valueOf, now);
  const url = new URL(from.url);
  const request = client.named(url);
  return { request, open: (signal) => download(client, url, request, signal) };
}

async function openFile({ place, mayUse }: CsvOptions, now: () => number, request: string): Promise<CsvText> {
  try {
    const real = await realpath(place);
    if (!(await mayUse(real))) throw failed(request, "it leads out of the folders in which files may be");
    const version = await versionAtRest(real, now);
    return {
      version,
      pieces: asUtf8(createReadStream(real), request),
      isSame: async () => (await versionOf(real).catch(() => null)) === version,
    };
  } catch (error) {
    if (error instanceof CollectionUnreadable) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw failed(
      request,
      code === "ENOENT" ? "there is no such file" : `it cannot be read (${code ?? message})`,
    );
  }
}

async function versionAtRest(path: string, now: () => number): Promise<string> {
  const { mtimeMs } = await stat(path);
  const age = now() - mtimeMs;
  if (age >= 0 && age < AT_REST_MS) await delay(AT_REST_MS - age);
  return versionOf(path);
}

async function versionOf(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path);
  return `${ino}/${size}/${mtimeMs}`;
}

/** Text of another encoding is refused, because guessed letters would be stored for those in the file. */
async function* asUtf8(bytes: AsyncIterable<Buffer>, request: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    throw new CollectionUnreadable({
      code: "not_utf8",
      message: `${request}: it is not UTF-8; save it as UTF-8`,
    });
  }
}

async function download(
  client: HttpClient,
  url: URL,
  request: string,
  signal: AbortSignal | undefined,
): Promise<CsvText> {
  const { status, text, headers } = await client.get(url, {}, signal);
  if (status !== 200) throw failed(request, `answered ${status}`);
  return {
    version: String(headers["etag"] ?? headers["last-modified"] ?? text.length),
    pieces: once(text),
    isSame: async () => true,
  };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function failed(request: string, why: string): CollectionUnreadable {
  return new CollectionUnreadable({ code: "request_failed", message: `${request}: ${why}` });
}

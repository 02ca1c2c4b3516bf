import { readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname } from "node:path";
import Negotiator from "negotiator";
import send from "send";

/** How a file that the build has compressed is called beside the original, by encoding; the preferred encoding first. */
const SUFFIXES: Readonly<Record<string, string>> = { br: ".br", gzip: ".gz" };
/** Content types of the files that are compressed: see scripts/compress-pages.mjs. */
const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** Answers a request for a file; false when there is no such file. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

/**
 * Serves the files below a folder, in the form that the build has compressed where the client takes it. Compressing a script
 * for each request again would take longer than all the rest of the answer. The names contain a hash of the content, so that
 * browsers keep a file for a year.
 */
export function staticFiles(folder: string): StaticFiles {
  const files = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath.slice(folder.length)}/${entry.name}`.replace(/^\//, "")),
  );
  return (request, response, path) => {
    const reads = request.method === "GET" || request.method === "HEAD";
    if (!reads || !files.has(path) || Object.values(SUFFIXES).includes(extname(path))) return false;
    const encodings = Object.keys(SUFFIXES).filter((name) => files.has(`${path}${SUFFIXES[name]}`));
    const taken = new Negotiator(request).encodings(encodings);
    const encoding = encodings.find((name) => taken.includes(name));
    if (encodings.length > 0) response.setHeader("Vary", "Accept-Encoding");
    if (encoding !== undefined) {
      response.setHeader("Content-Encoding", encoding);
      response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
    }
    const suffix = encoding === undefined ? "" : (SUFFIXES[encoding] ?? "");
    send(request, encodeURI(path + suffix), { root: folder, index: false, maxAge: "365d", immutable: true })
      .on("error", ({ status }: { status?: number }) => {
        response.removeHeader("Content-Encoding");
        response
          .writeHead(status ?? 500, { "Content-Type": "text/plain", "Cache-Control": "no-store" })
          .end();
      })
      .pipe(response);
    return true;
  };
}

import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as send, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compressPages } from "../../scripts/compress-pages.mjs";
import { staticFiles } from "./static-files.ts";

const SCRIPT = `console.log("${"x".repeat(4_000)}");`;
let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-static-"));
  mkdirSync(join(folder, "chunks"));
  writeFileSync(join(folder, "chunks", "a.js"), SCRIPT);
  writeFileSync(join(folder, "chunks", "small.js"), "1;");
  writeFileSync(join(folder, "font.woff2"), "font");
  await compressPages(folder);
  const files = staticFiles(folder);
  server = createServer((request, response) => {
    if (!files(request, response, (request.url ?? "").slice(1))) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      send({ port, path, headers, method, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      })
        .on("error", reject)
        .end();
    },
  );
}

it.each([
  ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
  ["gzip, deflate", "gzip", gunzipSync],
  ["br;q=0, gzip", "gzip", gunzipSync],
  ["identity", undefined, (body: Buffer) => body],
  ["", undefined, (body: Buffer) => body],
] as const)("a script is sent as the client takes it: %j", async (accepts, encoding, decode) => {
  const { status, headers, body } = await get("/chunks/a.js", { "accept-encoding": accepts });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
    "content-length": String(body.length),
  });
  expect(headers["content-encoding"]).toBe(encoding);
  expect(decode(body).toString()).toBe(SCRIPT);
});

it("a file that is not compressed is sent as it is", async () => {
  const small = await get("/chunks/small.js", { "accept-encoding": "br" });
  expect([small.body.toString(), small.headers["content-encoding"]]).toEqual(["1;", undefined]);
  expect((await get("/font.woff2")).headers["content-type"]).toBe("font/woff2");
});

it("what the client has is not sent again", async () => {
  const { headers } = await get("/chunks/a.js", { "accept-encoding": "br" });
  const again = await get("/chunks/a.js", {
    "accept-encoding": "br",
    "if-none-match": String(headers.etag),
  });
  expect([again.status, again.body.length]).toEqual([304, 0]);
});

it.each([
  ["/chunks/missing.js", "GET"],
  ["/chunks/a.js.br", "GET"],
  ["/chunks", "GET"],
  ["/../package.json", "GET"],
  ["/chunks/../chunks/a.js", "GET"],
  ["/chunks/a.js", "POST"],
])("%s by %s is left to others", async (path, method) => {
  expect((await get(path, {}, method)).status).toBe(418);
});

it("a file that has gone since the start is missing, and its request ends", async () => {
  writeFileSync(join(folder, "gone.js"), "1;");
  const files = staticFiles(folder);
  rmSync(join(folder, "gone.js"));
  const alone = createServer((request, response) => void files(request, response, "gone.js"));
  await new Promise<void>((resolve) => alone.listen(0, "127.0.0.1", resolve));
  const answer = await fetch(`http://127.0.0.1:${(alone.address() as AddressInfo).port}/`);
  expect([answer.status, answer.headers.get("content-encoding")]).toEqual([404, null]);
  await new Promise((resolve) => alone.close(resolve));
});

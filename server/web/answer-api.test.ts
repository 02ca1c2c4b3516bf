import { createServer, type IncomingMessage, request as send, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ADDRESS_HEADER } from "../access/names.ts";
import { answerApi } from "./answer-api.ts";
import type { ApiHandler } from "./api-handlers.ts";
import { front } from "./front.ts";
import { json } from "./json-response.ts";
import { readBody } from "./read-body.ts";
import { provideTestEnv } from "./testing/test-env.ts";

let server: Server;
/** The handlers of `/api/tasks/:id`, by method. */
let handlers: Record<string, ApiHandler>;
const errors: unknown[] = [];

beforeEach(async () => {
  provideTestEnv();
  errors.length = 0;
  handlers = {};
  const api = answerApi(new Map([["/api/tasks/:id", async () => handlers]]));
  const behind = { api, pages: () => Promise.reject(new Error("a page")) };
  server = createServer(front(() => behind, { dev: false, onError: (error) => errors.push(error) }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

interface Sent {
  method?: string;
  path?: string;
  headers?: string[];
  body?: string;
}
interface Got {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

function call({ method = "GET", path = "/api/tasks/7", headers = [], body }: Sent = {}): Promise<Got> {
  const { port } = server.address() as AddressInfo;
  const raw = ["Host", `127.0.0.1:${port}`, ...headers];
  return new Promise((resolve, reject) => {
    const request = send({ port, method, path, headers: raw, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    request.on("error", reject).end(body);
  });
}

describe("what a handler is given", () => {
  it.each([
    ["/api/tasks/7", "7"],
    ["/api/tasks/a%2Fb%20c?x=1", "a%2Fb%20c"],
    ["/api/tasks/7/", "7"],
  ])("the parts of the path %s, as the client sent them", async (path, id) => {
    handlers = { GET: async (_request, { params }) => Response.json(await params) };
    const { body } = await call({ path });
    expect(JSON.parse(body.toString())).toEqual({ id });
  });

  it("the body as it was sent", async () => {
    handlers = {
      PATCH: async (request) => Response.json(await readBody(request, "bearer")),
    };
    const text = JSON.stringify({ description: "ä".repeat(100_000) });
    const { body } = await call({ method: "PATCH", body: text, headers: ["Transfer-Encoding", "chunked"] });
    expect(body.toString()).toBe(text);
  });

  it("the client's address as the front saw it, also where the client sends one of its own", async () => {
    handlers = {
      GET: async (request) => {
        // A repeated header makes the request read all of its headers again.
        const agent = request.headers.get("user-agent");
        const all = [...request.headers].filter(([name]) => name === ADDRESS_HEADER);
        return Response.json({ agent, address: request.headers.get(ADDRESS_HEADER), all });
      },
    };
    const { body } = await call({
      headers: ["User-Agent", "one", "User-Agent", "two", ADDRESS_HEADER, "6.6.6.6", "X-Other", "1"],
    });
    expect(JSON.parse(body.toString())).toEqual({
      agent: "one",
      address: "127.0.0.1",
      all: [[ADDRESS_HEADER, "127.0.0.1"]],
    });
  });

  it("a signal that tells that the client has gone", async () => {
    const aborted = new Promise<void>((resolve) => {
      handlers = {
        GET: async (request) => {
          await new Promise((gone) => request.signal.addEventListener("abort", gone));
          resolve();
          return new Response("for no one");
        },
      };
    });
    const { port } = server.address() as AddressInfo;
    const request = send({ port, path: "/api/tasks/7", agent: false }).on("error", () => undefined);
    server.once("request", () => request.destroy());
    request.end();
    await aborted;
    expect(errors).toEqual([]);
  });
});

describe("what a client is sent", () => {
  it("the status, each cookie, and the front's headers", async () => {
    handlers = {
      GET: async () =>
        new Response(null, {
          status: 204,
          headers: [
            ["Set-Cookie", "a=1"],
            ["Set-Cookie", "b=2"],
          ],
        }),
    };
    for (const headers of [[], ["Accept-Encoding", "gzip"]]) {
      const answer = await call({ headers });
      expect([answer.status, answer.headers["set-cookie"], answer.headers["x-content-type-options"]]).toEqual(
        [204, ["a=1", "b=2"], "nosniff"],
      );
    }
  });

  it("a large answer is compressed where the client can read that, and a small one is not", async () => {
    handlers = {
      GET: async (request) => json({ text: "x".repeat(new URL(request.url).search ? 5_000 : 10) }),
    };
    const gzip = ["Accept-Encoding", "gzip"];
    const large = await call({ path: "/api/tasks/7?large", headers: gzip });
    expect(large.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(large.body).length).toBeGreaterThan(5_000);
    for (const answer of [await call({ headers: gzip }), await call({ path: "/api/tasks/7?large" })]) {
      expect(answer.headers["content-encoding"]).toBeUndefined();
      expect(JSON.parse(answer.body.toString())).toHaveProperty("text");
    }
  });

  it("HEAD has the headers of GET, without a body", async () => {
    handlers = { GET: async () => json({ a: 1 }, 200, { ETag: '"7"' }) };
    const { status, headers, body } = await call({ method: "HEAD" });
    expect([status, headers.etag, body.length]).toEqual([200, '"7"', 0]);
  });

  it("a stream piece by piece, which is closed when the client goes", async () => {
    let closed = (): void => undefined;
    const cancelled = new Promise<void>((resolve) => (closed = resolve));
    handlers = {
      GET: async () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new TextEncoder().encode("line\n".repeat(10_000))),
            cancel: () => closed(),
          }),
        ),
    };
    const { port } = server.address() as AddressInfo;
    const request = send({ port, path: "/api/tasks/7", agent: false }, (response) =>
      response.once("data", () => request.destroy()),
    );
    request.on("error", () => undefined).end();
    await cancelled;
    expect(errors).toEqual([]);
  });

  it("one answer to a body that is too large, whether the handler reads it or not", async () => {
    handlers = {
      PATCH: async (request) => Response.json({ size: (await request.text()).length }),
      PUT: async () => Response.json({ ignored: true }),
    };
    const body = "x".repeat(3 * 1024 * 1024);
    const read = await call({ method: "PATCH", body });
    expect([read.status, (JSON.parse(read.body.toString()) as { code: string }).code]).toEqual([
      413,
      "body_too_large",
    ]);
    expect([200, 413]).toContain((await call({ method: "PUT", body })).status);
    expect(errors).toEqual([]);
  });

  it("no details of a handler that throws", async () => {
    handlers = { GET: () => Promise.reject(new Error("a secret detail")) };
    const { status, body } = await call();
    expect(status).toBe(500);
    expect(body.toString()).not.toContain("secret");
    expect(errors).toHaveLength(1);
  });
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { request as send } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Behind, front } from "./front.ts";
import { RateLimit } from "./rate-limit.ts";
import { provideTestEnv } from "./testing/test-env.ts";

let server: Server;
let behind: ReturnType<Behind>;
let seen: IncomingMessage[];
const errors: unknown[] = [];

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
/** What answers the pages and the API alike. */
const both = (answer: Answer): ReturnType<Behind> => ({
  api: (_route, request, response) => answer(request, response),
  pages: answer,
});

beforeEach(async () => {
  provideTestEnv({ CORS_ORIGINS: "https://ops.example.com" });
  seen = [];
  behind = both(async (request, response) => {
    seen.push(request);
    response.end("from behind");
  });
  server = createServer(front(() => behind, { dev: false, onError: (error) => errors.push(error) }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

function call(method: string, path: string, headers: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; headers: IncomingMessage["headers"]; body: string }>(
    (resolve, reject) => {
      const request = send({ port, method, path, headers, agent: false }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => (body += text));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      request.on("error", reject).end();
    },
  );
}

describe("the API", () => {
  it("answers a wrong method with 405 and the allowed methods", async () => {
    const { status, headers, body } = await call("PUT", "/api/tasks");
    expect(status).toBe(405);
    expect(headers).toMatchObject({ allow: "GET, HEAD, POST", "content-type": "application/problem+json" });
    expect(JSON.parse(body)).toMatchObject({ code: "method_not_allowed", status: 405 });
    expect((await call("GET", "/api/sync/conflicts/resolve")).status).toBe(405);
    expect(seen).toEqual([]);
  });

  it("answers an unknown route with 404 as a problem", async () => {
    for (const path of ["/api", "/api/nothing", "/api/tasks/1/more", "/api/openapixjson"]) {
      const { status, body } = await call("GET", path);
      expect(status, path).toBe(404);
      expect(JSON.parse(body)).toMatchObject({ code: "not_found" });
    }
  });

  it("refuses a malformed path", async () => {
    const paths = [
      "/api/tasks/%E0%A4%A",
      "/%",
      "//evil.example/",
      "/\\evil.example",
      "/api/tasks/%00",
      "/a%0d%0ab",
      "*",
      "http://evil.example/api/tasks",
    ];
    for (const path of paths) expect((await call("GET", path)).status, path).toBe(400);
    expect(seen).toEqual([]);
  });

  it("passes on a known path with any query", async () => {
    for (const path of ["/api/tasks?q=1", "/api/tasks/a.b", "/api/openapi.json", "/api/tasks/"]) {
      expect((await call("GET", path)).body, path).toBe("from behind");
    }
    expect((await call("HEAD", "/api/tasks")).status).toBe(200);
  });
});

describe("other origins", () => {
  const origin = "https://ops.example.com";

  it("may read when they are listed", async () => {
    const { headers } = await call("GET", "/api/tasks", { Origin: origin });
    expect(headers["access-control-allow-origin"]).toBe(origin);
    const asked = await call("OPTIONS", "/api/tasks/1", {
      Origin: origin,
      "Access-Control-Request-Method": "PATCH",
    });
    expect(asked.status).toBe(204);
    expect(asked.headers["access-control-allow-methods"]).toBe("GET, HEAD, PUT, PATCH, DELETE");
    expect(asked.headers["access-control-allow-headers"]).toContain("If-Match");
  });

  it("may not when they are not", async () => {
    for (const method of ["GET", "OPTIONS"]) {
      const { headers } = await call(method, "/api/tasks", { Origin: "https://evil.example" });
      expect(headers["access-control-allow-origin"]).toBeUndefined();
      expect(headers.vary).toContain("Origin");
    }
  });

  it("cannot reach a loopback server under their own name", async () => {
    const { status, body } = await call("GET", "/api/health", { Host: "evil.example" });
    expect([status, (JSON.parse(body) as { code: string }).code]).toEqual([403, "forbidden"]);
    expect(seen).toEqual([]);
  });
});

describe("pages", () => {
  it("have a policy with a fresh nonce, which Next finds in the request", async () => {
    const nonceIn = (policy: unknown) => /'nonce-([^']+)'/.exec(String(policy))?.[1];
    const sent = {
      "Content-Security-Policy": "script-src *",
      "Content-Security-Policy-Report-Only": "script-src *",
    };
    const first = await call("GET", "/", sent);
    const second = await call("GET", "/");
    const policy = first.headers["content-security-policy"];
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(/script-src [^;]*/.exec(String(policy))?.[0]).not.toContain("unsafe");
    expect(seen[0]?.headers["content-security-policy"]).toBe(policy);
    expect(seen[0]?.headers["content-security-policy-report-only"]).toBeUndefined();
    expect(nonceIn(policy)).toBeDefined();
    expect(nonceIn(second.headers["content-security-policy"])).not.toBe(nonceIn(policy));
  });

  it("accept reading and posting only", async () => {
    expect((await call("POST", "/signin")).body).toBe("from behind");
    for (const method of ["PUT", "DELETE", "PROPFIND", "TRACE"]) {
      expect((await call(method, "/")).status, method).toBe(405);
    }
  });

  it("ask for TLS from then on, when they were requested by TLS", async () => {
    expect((await call("GET", "/")).headers["strict-transport-security"]).toBeUndefined();
    expect(
      (await call("GET", "/", { "X-Forwarded-Proto": "https" })).headers["strict-transport-security"],
    ).toMatch(/^max-age=\d{8}/);
  });

  it("share the headers of every answer", async () => {
    for (const path of ["/", "/api/tasks", "/api/nothing", "/_next/static/x.js"]) {
      expect((await call("GET", path)).headers, path).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
      });
    }
  });
});

describe("while Next is starting", () => {
  it("is alive but not ready, and says so", async () => {
    behind = null;
    expect((await call("GET", "/api/health")).status).toBe(200);
    const ready = await call("GET", "/api/ready");
    expect([ready.status, ready.headers["retry-after"]]).toEqual([503, "1"]);
    const page = await call("GET", "/");
    expect([page.status, page.headers["refresh"]]).toEqual([503, "1"]);
  });
});

it("answers an error of what is behind it without its details", async () => {
  behind = both(() => Promise.reject(new Error("a secret detail")));
  const { status, body } = await call("GET", "/api/tasks");
  expect(status).toBe(500);
  expect(body).not.toContain("secret");
  expect(errors).toHaveLength(1);
});

describe("a body that is too large", () => {
  it("is refused for any reader and any announced length, and the client gets the answer", async () => {
    behind = both(async (request, response) => {
      let size = 0;
      for await (const chunk of request) size += (chunk as Buffer).length;
      seen.push(request);
      response.end(String(size));
    });
    const { port } = server.address() as AddressInfo;
    const post = (pieces: number) =>
      new Promise<{ status: number; body: string }>((resolve, reject) => {
        // Chunked, so that no length is announced.
        const request = send({ port, method: "POST", path: "/signin", agent: false }, (response) => {
          let body = "";
          response.setEncoding("utf8").on("data", (text: string) => (body += text));
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
        });
        request.on("error", reject);
        for (let i = 0; i < pieces; i++) request.write(Buffer.alloc(256 * 1024, "x"));
        request.end();
      });
    expect(await post(4)).toEqual({ status: 200, body: String(1024 * 1024) });
    const refused = await post(8);
    expect([refused.status, (JSON.parse(refused.body) as { code: string }).code]).toEqual([
      413,
      "body_too_large",
    ]);
    const cut = new Promise<number>((resolve) =>
      server.once("connection", (socket) => socket.once("close", () => resolve(socket.bytesRead))),
    );
    await post(200).catch(() => undefined);
    expect(await cut).toBeLessThan(12 * 1024 * 1024);
    expect((await call("GET", "/api/tasks")).status).toBe(200);
  });
});

describe("requests beyond a client's share", () => {
  let limited: Server;
  const isRight = async ({ headers }: IncomingMessage) => /^right/.test(headers.authorization ?? "");
  const status = async (path: string, headers: Record<string, string> = {}) => {
    const { port } = limited.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    return {
      status: response.status,
      wait: Number(response.headers.get("retry-after")),
      code: ((await response.json().catch(() => ({}))) as { code?: string }).code,
    };
  };
  const statuses = async (count: number, headers: Record<string, string>) => {
    const all: number[] = [];
    for (let i = 0; i < count; i++) all.push((await status("/api/tasks", headers)).status);
    return all;
  };

  beforeEach(async () => {
    provideTestEnv({ TRUST_PROXY: "true" });
    behind = both(
      async (request, response) =>
        void response.writeHead(/^wrong/.test(request.headers.authorization ?? "") ? 401 : 200).end("{}"),
    );
    limited = createServer(
      front(() => behind, {
        dev: false,
        onError: (error) => errors.push(error),
        limit: new RateLimit(40, isRight),
      }),
    );
    await new Promise<void>((resolve) => limited.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => {
    provideTestEnv({ TRUST_PROXY: "false" });
    return new Promise<void>((resolve) => void limited.close(() => resolve()));
  });

  it("get a 429 for each client separately, and probes never do", async () => {
    const ada = { Authorization: "right", "X-Forwarded-For": "10.0.0.1" };
    expect(await statuses(41, ada)).toEqual([...Array<number>(40).fill(200), 429]);
    const { wait, code } = await status("/", ada);
    expect(code).toBe("too_many_requests");
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect((await status("/api/health", ada)).status).toBe(200);
    expect((await status("/api/tasks", { ...ada, "X-Forwarded-For": "10.0.0.2" })).status).toBe(200);
  });

  it("have a lower limit without credentials and with wrong ones", async () => {
    expect(await statuses(3, { "X-Forwarded-For": "10.0.0.3" })).toEqual([200, 200, 429]);
    const guess = { Authorization: "wrong", "X-Forwarded-For": "10.0.0.4" };
    expect(await statuses(3, guess)).toEqual([401, 401, 429]);
  });

  it.each([
    ["the same one again and again", 3, () => "wrong"],
    ["the same one, more often than any client may ask", 90, () => "wrong"],
    ["a new one each time", 90, (i: number) => `wrong ${i}`],
    ["one that looks right, where no route looks at it", 90, (i: number) => `unseen ${i}`],
  ])("never lock a right token out by wrong ones from its address: %s", async (_name, count, token) => {
    const from = { "X-Forwarded-For": "10.0.0.5" };
    const guesses: number[] = [];
    for (let i = 0; i < count; i++)
      guesses.push((await status("/api/tasks", { ...from, Authorization: token(i) })).status);
    expect(guesses.at(-1)).toBe(429);
    expect(await statuses(40, { ...from, Authorization: "right" })).toEqual(Array<number>(40).fill(200));
    // Each right one has its own share, and no more.
    expect((await status("/api/tasks", { ...from, Authorization: "right" })).status).toBe(429);
    expect((await status("/api/tasks", { ...from, Authorization: "right too" })).status).toBe(200);
    expect((await status("/api/tasks", { ...from, Authorization: token(0) })).status).toBe(429);
  });
});

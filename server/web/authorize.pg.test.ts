import { readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { methodAndPath, ROUTE_KEYS, type RouteKey, ROUTES } from "../../lib/protocol/routes.ts";
import { closePool } from "../store/pool.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { API_TOKEN, cookieOf, CRON_SECRET, provideTestEnv } from "./testing/test-env.ts";

const API = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "app", "api");
const UUID = "00000000-0000-4000-8000-000000000000";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

type Module = Record<string, (request: Request, context: object) => Promise<Response>>;
const modules = new Map<string, Module>();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  provideTestEnv({ DATABASE_URL: database.url });
  for (const file of readdirSync(API, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith("route.ts")) continue;
    const path = `/api/${dirname(file).split(sep).join("/")}`.replace(/\[(\w+)\]/g, ":$1");
    modules.set(path, (await import(join(API, file))) as Module);
  }
});

afterAll(async () => {
  await closePool();
  await database.drop();
});

async function statusOf(key: RouteKey, headers: Record<string, string>, body = "{}"): Promise<number> {
  const { method, path } = methodAndPath(key);
  const handler = modules.get(path)?.[method];
  if (!handler) throw new Error(`no handler for ${key}`);
  const url = `http://localhost:3000${path.replace(/:\w+/g, UUID)}`;
  const init = { method, headers: { Host: "localhost:3000", "Content-Type": "application/json", ...headers } };
  const request = new Request(url, method === "GET" || method === "DELETE" ? init : { ...init, body });
  const response = await handler(request, { params: Promise.resolve({ id: UUID, run_id: UUID }) });
  return response.status;
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const cookie = (role: "viewer" | "editor" | "admin") => ({ Cookie: cookieOf({ name: "someone", role, kind: "user" }) });
const refused = [401, 403];

it("has every route in the table, and nothing in the table without a route", () => {
  const exported = [...modules].flatMap(([path, module]) =>
    METHODS.filter((method) => method in module).map((method) => `${method} ${path}`),
  );
  expect(exported.sort()).toEqual([...ROUTE_KEYS].sort());
});

it("is open, or less than an admin's, only where that is meant", () => {
  const requiring = (role: string) => ROUTE_KEYS.filter((key) => ROUTES[key].requires === role).sort();
  expect(requiring("open")).toEqual(["GET /api/health", "GET /api/ready"]);
  expect(requiring("cron")).toEqual(["GET /api/cron/sync", "POST /api/cron/sync"]);
  for (const key of requiring("viewer")) expect(key).toMatch(/^GET /);
  expect(requiring("admin")).toEqual([
    "PATCH /api/sources/:id",
    "POST /api/sync/backups/:name/restore",
    "POST /api/sync/conflicts/:id/preview",
    "POST /api/sync/conflicts/:id/resolve",
    "POST /api/sync/conflicts/resolve",
    "POST /api/sync/history/:run_id/preview",
    "POST /api/sync/history/:run_id/rollback",
  ]);
});

describe.each(ROUTE_KEYS)("%s", (key) => {
  const { requires } = ROUTES[key];
  const open = requires === "open";
  const foreign = { Origin: "https://evil.example" };

  it.each([
    ["nothing", {}],
    ["a wrong token", bearer("wrong")],
    ["a wrong token and a good cookie", { ...bearer("wrong"), Cookie: "" }],
    ["a token without its scheme", { Authorization: API_TOKEN }],
    ["a forged cookie", { Cookie: "lockstep_session=eyJyb2xlIjoiYWRtaW4ifQ.AAAA" }],
  ])("with %s", async (what, headers) => {
    const given = what.endsWith("good cookie") ? { ...headers, ...cookie("admin") } : headers;
    expect(await statusOf(key, given)).toBe(open ? 200 : 401);
  });

  it("with CRON_SECRET", async () => {
    const status = await statusOf(key, bearer(CRON_SECRET));
    if (open || requires === "cron") expect(refused).not.toContain(status);
    else expect(status).toBe(401);
  });

  it("with API_TOKEN, wherever the request comes from", async () => {
    expect(refused).not.toContain(await statusOf(key, bearer(API_TOKEN)));
    expect(refused).not.toContain(await statusOf(key, { ...bearer(API_TOKEN), ...foreign }));
  });

  it("with a session of each role", async () => {
    const roles = ["viewer", "editor", "admin"] as const;
    const least = requires === "cron" ? "editor" : requires;
    for (const role of roles) {
      const status = await statusOf(key, cookie(role));
      if (least !== "open" && roles.indexOf(role) < roles.indexOf(least)) expect(status, role).toBe(403);
      else expect(refused, role).not.toContain(status);
    }
  });

  it("with a session used by another site's page", async () => {
    const status = await statusOf(key, { ...cookie("admin"), ...foreign });
    expect(status === 403).toBe(!open);
    for (const site of ["cross-site", "same-site"]) {
      expect((await statusOf(key, { ...cookie("admin"), "Sec-Fetch-Site": site })) === 403).toBe(!open);
    }
    expect(refused).not.toContain(await statusOf(key, { ...cookie("admin"), Origin: "http://localhost:3000" }));
  });
});

describe("what only an admin may ask of a run", () => {
  it.each(["force", "allow_deletes"])("%s", async (name) => {
    const body = JSON.stringify({ [name]: true });
    expect(await statusOf("POST /api/sync/trigger", cookie("editor"), body)).toBe(403);
    expect(await statusOf("POST /api/sync", cookie("editor"), body)).toBe(403);
    expect(refused).not.toContain(await statusOf("POST /api/sync/trigger", cookie("admin"), body));
    expect(refused).not.toContain(
      await statusOf("POST /api/sync/trigger", cookie("editor"), JSON.stringify({ [name]: false })),
    );
  });
});

describe("the content type of a body", () => {
  it("must be JSON where a cookie signs in, and may be anything with a token", async () => {
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    expect(await statusOf("POST /api/sync/trigger", { ...cookie("admin"), ...form })).toBe(415);
    expect(await statusOf("POST /api/sync/trigger", { ...bearer(API_TOKEN), ...form })).not.toBe(415);
  });
});

it("has no cron route without a secret, but for the API token", async () => {
  provideTestEnv({ DATABASE_URL: database.url, CRON_SECRET: "" });
  try {
    expect(await statusOf("POST /api/cron/sync", bearer(""))).toBe(401);
    expect(await statusOf("POST /api/cron/sync", bearer("undefined"))).toBe(401);
    expect(refused).not.toContain(await statusOf("POST /api/cron/sync", bearer(API_TOKEN)));
  } finally {
    provideTestEnv({ DATABASE_URL: database.url });
  }
});

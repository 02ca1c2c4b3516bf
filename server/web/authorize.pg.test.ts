import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../lib/protocol/actor.ts";
import { ROUTE_KEYS, type RouteKey } from "../../lib/protocol/routes.ts";
import { createToken, revoke } from "../commands/access/tokens.ts";
import { useDatabase } from "../queries/testing/use-database.ts";
import { pool } from "../store/pool.ts";
import { addPerson, cookieOf } from "./testing/people.ts";
import { RouteModules } from "./testing/route-modules.ts";
import { API_TOKEN, CRON_SECRET, provideTestEnv } from "./testing/test-env.ts";

/**
 * Who may call each route, written again without using the table that decides it. A new route has no entry
 * here until its access was decided.
 */
const EXPECTED: Record<RouteKey, "open" | "viewer" | "editor" | "admin" | "cron" | "person"> = {
  "GET /api/tasks": "viewer",
  "POST /api/tasks": "editor",
  "GET /api/tasks/:id": "viewer",
  "PUT /api/tasks/:id": "editor",
  "PATCH /api/tasks/:id": "editor",
  "DELETE /api/tasks/:id": "editor",
  "GET /api/bulk-actions": "viewer",
  "POST /api/bulk-actions": "editor",
  "GET /api/bulk-actions/:id": "viewer",
  "POST /api/bulk-actions/:id/stop": "editor",
  "GET /api/bulk-actions/:id/undo": "viewer",
  "POST /api/bulk-actions/:id/undo": "editor",
  "GET /api/views": "person",
  "POST /api/views": "person",
  "PATCH /api/views/:id": "person",
  "DELETE /api/views/:id": "person",
  "POST /api/practice-conflict": "admin",
  "DELETE /api/practice-conflict": "admin",
  "GET /api/sync/status": "viewer",
  "POST /api/events/ticket": "viewer",
  "GET /api/sync/conflicts": "viewer",
  "GET /api/sync/conflicts/:id": "viewer",
  "POST /api/sync/conflicts/:id/resolve": "admin",
  "POST /api/sync/conflicts/:id/preview": "admin",
  "POST /api/sync/conflicts/resolve": "admin",
  "POST /api/sync/trigger": "editor",
  "POST /api/sync": "editor",
  "POST /api/sync/dry-run": "editor",
  "GET /api/sync/history": "viewer",
  "GET /api/sync/history/:run_id": "viewer",
  "POST /api/sync/put-back": "admin",
  "POST /api/sync/history/:run_id/rollback": "admin",
  "POST /api/sync/history/:run_id/preview": "admin",
  "GET /api/sync/activity": "viewer",
  "GET /api/sync/stats": "viewer",
  "GET /api/sync/file": "viewer",
  "GET /api/sync/backups": "viewer",
  "GET /api/sync/backups/:name": "viewer",
  "POST /api/sync/backups/:name/restore": "admin",
  "GET /api/sync/rounds/:id": "viewer",
  "GET /api/sources": "viewer",
  "GET /api/sources/:id": "viewer",
  "PATCH /api/sources/:id": "admin",
  "POST /api/sources/:id/older-file": "admin",
  "GET /api/objects": "viewer",
  "GET /api/object-types": "viewer",
  "GET /api/objects/:id": "viewer",
  "GET /api/objects/:id/history": "viewer",
  "GET /api/sources/:id/pulls": "viewer",
  "POST /api/sources/test": "admin",
  "GET /api/cron/sync": "cron",
  "POST /api/cron/sync": "cron",
  "GET /api/audit": "viewer",
  "GET /api/audit.csv": "viewer",
  "POST /api/auth/setup": "open",
  "POST /api/auth/sign-in": "open",
  "GET /api/auth/invite": "open",
  "POST /api/auth/accept-invite": "open",
  "GET /api/auth/reset": "open",
  "POST /api/auth/reset": "open",
  "POST /api/auth/sign-out": "person",
  "POST /api/auth/sign-out-everywhere": "person",
  "GET /api/profile": "viewer",
  "PATCH /api/profile": "person",
  "POST /api/profile/password": "person",
  "GET /api/profile/sessions": "person",
  "DELETE /api/profile/sessions/:id": "person",
  "GET /api/users": "admin",
  "PATCH /api/users/:id": "admin",
  "GET /api/users/:id/sessions": "admin",
  "DELETE /api/users/:id/sessions": "admin",
  "POST /api/users/:id/reset-link": "admin",
  "GET /api/invitations": "admin",
  "POST /api/invitations": "admin",
  "DELETE /api/invitations/:id": "admin",
  "GET /api/tokens": "admin",
  "POST /api/tokens": "admin",
  "DELETE /api/tokens/:id": "admin",
  "GET /api/health": "open",
  "GET /api/ready": "open",
  "GET /api/metrics": "viewer",
  "GET /api/openapi.json": "viewer",
};

const WHO = [
  "visitor",
  "viewer",
  "editor",
  "admin",
  "viewer's token",
  "editor's token",
  "admin's token",
  "cron secret",
  "expired token",
  "revoked token",
] as const;
type Who = (typeof WHO)[number];

/** Outcomes in the order of WHO. `in`: any answer except 401 and 403. */
const OUTCOMES: Record<(typeof EXPECTED)[RouteKey], readonly ("in" | 401 | 403)[]> = {
  open: ["in", "in", "in", "in", "in", "in", "in", "in", "in", "in"],
  viewer: [401, "in", "in", "in", "in", "in", "in", 401, 401, 401],
  editor: [401, 403, "in", "in", 403, "in", "in", 401, 401, 401],
  admin: [401, 403, 403, "in", 403, 403, "in", 401, 401, 401],
  cron: [401, 403, "in", "in", 403, "in", "in", "in", 401, 401],
  // A token is not a person: it has no profile and no sessions.
  person: [401, "in", "in", "in", 403, 403, 403, 401, 401, 401],
};
/** Bodies for routes that would refuse an empty one before they check access. */
const BODIES: Partial<Record<RouteKey, string>> = {
  "PATCH /api/profile": '{"name":"A new name"}',
  "POST /api/views": '{"name":"Late","query":"sync=overdue"}',
  "POST /api/profile/password":
    '{"current_password":"correct horse battery","new_password":"correct horse battery"}',
};

useDatabase();
const ROLES: readonly Role[] = ["viewer", "editor", "admin"];
const credentials = {} as Record<Who, Record<string, string>>;
let routes: RouteModules;

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const statusOf = async (key: RouteKey, headers: Record<string, string>, body = BODIES[key] ?? "{}") =>
  (await routes.call(key, headers, { body })).status;
const refused = [401, 403];

async function newToken(name: string, role: Role) {
  return createToken(
    { name, role, expires_in_days: 1 },
    { name: "user:admin@example.com", role: "admin", kind: "user" },
  );
}

beforeAll(async () => {
  routes = await RouteModules.load();
  credentials.visitor = {};
  for (const role of ROLES) {
    credentials[role] = { Cookie: (await addPerson(role)).cookie };
    credentials[`${role}'s token`] = bearer((await newToken(role, role)).secret);
  }
  credentials["cron secret"] = bearer(CRON_SECRET);
  const [expired, revoked] = [await newToken("expired", "admin"), await newToken("revoked", "admin")];
  await pool().query("UPDATE access_tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [
    expired.token.id,
  ]);
  await revoke(revoked.token.id, { name: "test", role: "admin", kind: "token" });
  credentials["expired token"] = bearer(expired.secret);
  credentials["revoked token"] = bearer(revoked.secret);
});

it("has every route in the table, and nothing in the table without a route", () => {
  expect(routes.keys.sort()).toEqual([...ROUTE_KEYS].sort());
  expect(Object.keys(EXPECTED).sort(), "EXPECTED must say who may call a new route").toEqual(
    [...ROUTE_KEYS].sort(),
  );
});

describe.each(ROUTE_KEYS)("%s", (key) => {
  const expected = EXPECTED[key];
  const open = expected === "open";
  const ends = key.includes("sign-out") || key === "POST /api/profile/password";
  const foreign = { Origin: "https://evil.example" };

  it.each(WHO.map((who, at) => [who, OUTCOMES[expected]?.[at]] as const))(
    "by %s: %s",
    async (who, outcome) => {
      // A route that ends sessions gets its own session to end.
      const given =
        ends && ROLES.includes(who as Role)
          ? { Cookie: await cookieOf(`${who}@example.com`) }
          : credentials[who];
      const status = await statusOf(key, given);
      if (outcome === "in") expect(refused).not.toContain(status);
      else expect(status).toBe(outcome);
      if (ends && ROLES.includes(who as Role))
        credentials[who] = { Cookie: await cookieOf(`${who}@example.com`) };
    },
  );

  it.each([
    ["a wrong token", () => bearer("wrong")],
    ["a wrong token of the right shape", () => bearer(`lockstep_${"x".repeat(64)}`)],
    ["a wrong token and a good cookie", () => ({ ...bearer("wrong"), ...credentials.admin })],
    ["a token without its scheme", () => ({ Authorization: API_TOKEN })],
    ["a forged cookie", () => ({ Cookie: "lockstep_session=eyJyb2xlIjoiYWRtaW4ifQ.AAAA" })],
    [
      "a session's token with another signature",
      () => ({ Cookie: `${(credentials.admin["Cookie"] ?? "").split(".")[0]}.${"A".repeat(43)}%3D` }),
    ],
  ])("not by %s", async (_, headers) => {
    const status = await statusOf(key, headers());
    if (open) expect(refused).not.toContain(status);
    else expect(status).toBe(401);
  });

  it("with API_TOKEN, for a request from any place", async () => {
    if (open) return;
    const outcome = await statusOf(key, bearer(API_TOKEN));
    expect(await statusOf(key, { ...bearer(API_TOKEN), ...foreign })).toBe(outcome);
    expect(outcome === 403).toBe(expected === "person");
  });

  it("not by another site's page with a user's session", async () => {
    const reads = key.startsWith("GET") && open;
    for (const headers of [foreign, { "Sec-Fetch-Site": "cross-site" }, { "Sec-Fetch-Site": "same-site" }]) {
      expect((await statusOf(key, { ...credentials.admin, ...headers })) === 403).toBe(!reads);
    }
  });
});

describe("a run with options that only an admin may set", () => {
  it.each(["force", "allow_deletes"])("%s", async (name) => {
    const body = JSON.stringify({ [name]: true });
    for (const editor of [credentials.editor, credentials["editor's token"]]) {
      expect(await statusOf("POST /api/sync/trigger", editor, body)).toBe(403);
      expect(await statusOf("POST /api/sync", editor, body)).toBe(403);
    }
    expect(refused).not.toContain(await statusOf("POST /api/sync/trigger", credentials.admin, body));
    expect(refused).not.toContain(
      await statusOf("POST /api/sync/trigger", credentials.editor, JSON.stringify({ [name]: false })),
    );
  });
});

describe("the content type of a body", () => {
  it("must be JSON with a cookie or without credentials, and may be anything with a token", async () => {
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    expect(await statusOf("POST /api/sync/trigger", { ...credentials.admin, ...form })).toBe(415);
    expect(await statusOf("POST /api/auth/sign-in", form)).toBe(415);
    expect(await statusOf("POST /api/sync/trigger", { ...bearer(API_TOKEN), ...form })).not.toBe(415);
  });
});

describe("without the secrets of the environment", () => {
  it("an empty secret lets no request in", async () => {
    provideTestEnv({ CRON_SECRET: "", API_TOKEN: "" });
    try {
      for (const token of ["", "undefined", "null"]) {
        expect(await statusOf("POST /api/cron/sync", bearer(token))).toBe(401);
        expect(await statusOf("GET /api/tasks", bearer(token))).toBe(401);
      }
      expect(refused).not.toContain(await statusOf("POST /api/cron/sync", credentials["editor's token"]));
    } finally {
      provideTestEnv();
    }
  });
});

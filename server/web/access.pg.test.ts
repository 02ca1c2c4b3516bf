import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../queries/testing/use-database.ts";
import { pool } from "../store/pool.ts";
import {
  type Answer,
  as,
  audited,
  Client,
  forgetEverybody,
  script,
  tokenIn,
} from "./testing/access-calls.ts";
import { addPerson, cookieOf, PASSWORD, type Person } from "./testing/people.ts";

useDatabase();
let client: Client;
let clients = 0;
let admin: Person;

beforeAll(async () => {
  client = await Client.open();
});
beforeEach(async () => {
  await forgetEverybody();
  clients += 1;
  client.from = `192.0.2.${clients}`;
});

const call: Client["call"] = (...given) => client.call(...given);
const signIn: Client["signIn"] = (...given) => client.signIn(...given);
const me: Client["me"] = (headers) => client.me(headers);

describe("one's own profile", () => {
  beforeEach(async () => {
    admin = await addPerson("editor", "ada@example.com");
  });

  it("says who asks, also for a token", async () => {
    const { body } = await call("GET /api/profile", as(admin));
    expect(body["profile"]).toEqual({
      actor: "user:ada@example.com",
      kind: "user",
      id: admin.user.id,
      email: "ada@example.com",
      name: "ada@example.com",
      role: "editor",
    });
    expect((await call("GET /api/profile", script)).body["profile"]).toMatchObject({
      kind: "token",
      name: "API_TOKEN",
      email: null,
      role: "admin",
    });
  });

  it("has a name that its user may change, and nothing else", async () => {
    expect((await call("PATCH /api/profile", as(admin), { name: "Ada L." })).body["profile"]).toMatchObject({
      name: "Ada L.",
    });
    expect((await call("PATCH /api/profile", as(admin), { name: "Ada", role: "admin" })).status).toBe(400);
  });

  it("has a password; changing it needs the present one and ends the other sessions", async () => {
    const other = { cookie: await cookieOf("ada@example.com") };
    const changed = await call("POST /api/profile/password", as(admin), {
      current_password: PASSWORD,
      new_password: "another password",
    });
    expect(changed.status).toBe(200);
    expect([await me(as(other)), await me(as(admin)), await me({ Cookie: changed.cookie })]).toEqual([
      401, 401, 200,
    ]);
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(401);
    expect((await signIn("ada@example.com", "another password")).status).toBe(200);
    expect(await audited()).toContainEqual({
      actor: "user:ada@example.com",
      action: "password_changed",
      address: client.from,
    });
  });

  it("has sessions, which their user may end one by one, and no other user's", async () => {
    const other = await addPerson("viewer", "bob@example.com");
    await signIn("ada@example.com", PASSWORD, { "User-Agent": "Firefox" });
    const { body } = await call("GET /api/profile/sessions", as(admin));
    const sessions = body["sessions"] as unknown as {
      id: string;
      current: boolean;
      from: string;
      user_agent: string | null;
    }[];
    expect(sessions.map(({ current, user_agent, from }) => [current, user_agent, from])).toEqual([
      [false, "Firefox", client.from],
      [true, null, "127.0.0.1"],
    ]);
    const bobs = (await call("GET /api/profile/sessions", as(other))).body["sessions"] as unknown as {
      id: string;
    }[];
    expect(
      (await call("DELETE /api/profile/sessions/:id", as(admin), undefined, { id: bobs[0]?.id ?? "" }))
        .status,
    ).toBe(404);
    expect(await me(as(other))).toBe(200);
    expect(
      (await call("DELETE /api/profile/sessions/:id", as(admin), undefined, { id: sessions[1]?.id ?? "" }))
        .status,
    ).toBe(200);
    expect(await me(as(admin))).toBe(401);
  });
});

describe("users", () => {
  let viewer: Person;
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
    viewer = await addPerson("viewer", "bob@example.com");
  });
  const change = (person: Person, patch: object, by: Record<string, string> = as(admin)) =>
    call("PATCH /api/users/:id", by, patch, { id: person.user.id });

  it("are listed without any secret", async () => {
    const { body } = await call("GET /api/users", as(admin));
    expect(body["users"]).toEqual([
      { ...admin.user, last_signed_in_at: expect.any(String) as string },
      { ...viewer.user, last_signed_in_at: expect.any(String) as string },
    ]);
  });

  it("get another role at once, also in open sessions", async () => {
    expect((await call("GET /api/users", as(viewer))).status).toBe(403);
    expect((await change(viewer, { role: "admin" })).body["user"]).toMatchObject({ role: "admin" });
    expect((await call("GET /api/users", as(viewer))).status).toBe(200);
    await change(viewer, { role: "viewer" });
    expect((await call("GET /api/users", as(viewer))).status).toBe(403);
    const { rows } = await pool().query(
      "SELECT before, after FROM audit_entries WHERE action = 'user_role_changed' ORDER BY id DESC LIMIT 2",
    );
    expect(rows[1]).toEqual({ before: { role: "viewer" }, after: { role: "admin" } });
  });

  it("are locked out at once when disabled, until they are enabled again", async () => {
    await change(viewer, { disabled: true });
    expect(await me(as(viewer))).toBe(401);
    expect(await signIn("bob@example.com", PASSWORD)).toMatchObject({
      status: 403,
      setCookie: "",
      body: { detail: "this account is disabled; ask an admin" },
    });
    expect((await signIn("bob@example.com", "not the password")).status).toBe(401);
    await change(viewer, { disabled: false });
    expect(await me(as(viewer))).toBe(401);
    expect((await signIn("bob@example.com", PASSWORD)).status).toBe(200);
  });

  it("always include an admin, even when two requests remove admins together", async () => {
    for (const patch of [{ role: "editor" }, { disabled: true }]) {
      expect(await change(admin, patch)).toMatchObject({ status: 409, body: { code: "last_admin" } });
    }
    const second = await addPerson("admin", "eve@example.com");
    const both = await Promise.all([
      change(admin, { role: "viewer" }, script),
      change(second, { disabled: true }, script),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it("have sessions that an admin sees and ends", async () => {
    const { body } = await call("GET /api/users/:id/sessions", as(admin), undefined, { id: viewer.user.id });
    expect(body["sessions"]).toMatchObject([{ current: false, from: "127.0.0.1" }]);
    expect(
      (await call("DELETE /api/users/:id/sessions", as(admin), undefined, { id: viewer.user.id })).status,
    ).toBe(200);
    expect([await me(as(viewer)), await me(as(admin))]).toEqual([401, 200]);
  });

  it("get a link that sets a new password once, and ends their sessions", async () => {
    const make = () => call("POST /api/users/:id/reset-link", as(admin), undefined, { id: viewer.user.id });
    const [old, fresh] = [await make(), await make()].map(({ body }) => tokenIn(body["link"]));
    expect(await call("GET /api/auth/reset", {}, undefined, { query: `?token=${fresh}` })).toMatchObject({
      status: 200,
      body: { email: "bob@example.com", role: "viewer" },
    });
    const reset = (token = "") => call("POST /api/auth/reset", {}, { token, password: "a fresh password" });
    expect((await reset(old)).status).toBe(410);
    const done = await reset(fresh);
    expect([done.status, await me({ Cookie: done.cookie }), await me(as(viewer))]).toEqual([200, 200, 401]);
    expect((await reset(fresh)).status).toBe(410);
    expect((await signIn("bob@example.com", PASSWORD)).status).toBe(401);
  });

  it("who are disabled cannot use a link made before", async () => {
    const { body } = await call("POST /api/users/:id/reset-link", as(admin), undefined, {
      id: viewer.user.id,
    });
    await change(viewer, { disabled: true });
    expect(
      (await call("POST /api/auth/reset", {}, { token: tokenIn(body["link"]), password: "a fresh password" }))
        .status,
    ).toBe(410);
  });
});

describe("invitations", () => {
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
  });
  const invite = (email: string, role = "editor", headers: Record<string, string> = as(admin)) =>
    call("POST /api/invitations", headers, { email, role });
  const accept = (link: string, more: object = {}) =>
    call("POST /api/auth/accept-invite", {}, { token: tokenIn(link), password: PASSWORD, ...more });

  it("make a user with the invited role, once", async () => {
    const { status, body } = await invite("Bob@example.com");
    const link = String(body["link"]);
    expect([status, body["invitation"]]).toMatchObject([
      201,
      { email: "bob@example.com", role: "editor", invited_by: "user:ada@example.com" },
    ]);
    expect(link).toMatch(/^http:\/\/localhost:3000\/invite\?token=[\w-]{43}$/);
    expect(
      await call("GET /api/auth/invite", {}, undefined, { query: `?token=${tokenIn(link)}` }),
    ).toMatchObject({ status: 200, body: { email: "bob@example.com", role: "editor" } });
    const joined = await accept(link, { name: "Bob" });
    expect([joined.status, joined.body["user"], await me({ Cookie: joined.cookie })]).toMatchObject([
      201,
      { email: "bob@example.com", name: "Bob", role: "editor" },
      200,
    ]);
    expect((await accept(link)).status).toBe(410);
    expect(
      (await call("GET /api/auth/invite", {}, undefined, { query: `?token=${tokenIn(link)}` })).status,
    ).toBe(410);
    expect((await call("GET /api/invitations", as(admin))).body["invitations"]).toEqual([]);
  });

  it("do not let the invited person choose another role or address", async () => {
    const { body } = await invite("bob@example.com", "viewer");
    for (const more of [{ role: "admin" }, { email: "eve@example.com" }])
      expect((await accept(String(body["link"]), more)).status).toBe(400);
  });

  it("end when withdrawn, replaced or expired", async () => {
    const first = await invite("bob@example.com");
    const second = await invite("bob@example.com", "viewer");
    expect((await accept(String(first.body["link"]))).status).toBe(410);
    const { id } = second.body["invitation"] as unknown as { id: string };
    expect((await call("DELETE /api/invitations/:id", as(admin), undefined, { id })).status).toBe(200);
    expect((await call("DELETE /api/invitations/:id", as(admin), undefined, { id })).status).toBe(404);
    expect((await accept(String(second.body["link"]))).status).toBe(410);
    const third = await invite("bob@example.com");
    await pool().query("UPDATE access_links SET expires_at = now()");
    expect((await accept(String(third.body["link"]))).status).toBe(410);
  });

  it("are refused for an address that has a user", async () => {
    expect(await invite("ada@example.com")).toMatchObject({ status: 409, body: { code: "user_exists" } });
  });
});

describe("API tokens", () => {
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
  });
  const make = (
    name: string,
    role: string,
    expires_in_days: number | null = null,
    headers: Record<string, string> = as(admin),
  ) => call("POST /api/tokens", headers, { name, role, expires_in_days });
  const bearer = (answer: Answer) => ({ Authorization: `Bearer ${String(answer.body["secret"])}` });
  const tokenOf = (answer: Answer) =>
    answer.body["token"] as unknown as { id: string; start: string; last_used_at: string | null };

  it("are shown once and stored as a hash", async () => {
    const made = await make("deploy", "editor", 30);
    expect(made).toMatchObject({
      status: 201,
      body: {
        token: {
          name: "deploy",
          role: "editor",
          created_by: "user:ada@example.com",
          revoked_at: null,
          last_used_at: null,
        },
      },
    });
    const secret = String(made.body["secret"]);
    expect(secret).toMatch(/^lockstep_[A-Za-z]{64}$/);
    expect(secret.startsWith(tokenOf(made).start)).toBe(true);
    const kept = JSON.stringify([
      (await pool().query("SELECT * FROM access_tokens")).rows,
      (await pool().query("SELECT * FROM audit_entries")).rows,
      (await call("GET /api/tokens", as(admin))).body,
    ]);
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(secret.slice("lockstep_".length));
  });

  it("act under their name, with their role", async () => {
    const made = await make("deploy", "editor");
    expect((await call("GET /api/profile", bearer(made))).body["profile"]).toMatchObject({
      actor: "token:deploy",
      kind: "token",
      role: "editor",
    });
    expect((await call("GET /api/users", bearer(made))).status).toBe(403);
    expect((await call("POST /api/sync/dry-run", bearer(made))).status).not.toBe(403);
  });

  it("are not limited in their use", async () => {
    const made = await make("busy", "viewer");
    const statuses = new Set(await Promise.all(Array.from({ length: 100 }, () => me(bearer(made)))));
    expect([...statuses]).toEqual([200]);
  });

  it("show when they were last used", async () => {
    const made = await make("used", "viewer");
    await me(bearer(made));
    await expect
      .poll(
        async () =>
          (
            (await call("GET /api/tokens", as(admin))).body["tokens"] as unknown as {
              last_used_at: string | null;
            }[]
          )[0]?.last_used_at,
      )
      .toMatch(/Z$/);
  });

  it("end for good when revoked", async () => {
    const made = await make("deploy", "admin");
    expect(await me(bearer(made))).toBe(200);
    const revoke = () => call("DELETE /api/tokens/:id", as(admin), undefined, { id: tokenOf(made).id });
    const { revoked_at } = (await revoke()).body["token"] as unknown as { revoked_at: string };
    expect(revoked_at).toMatch(/Z$/);
    expect(await me(bearer(made))).toBe(401);
    expect((await revoke()).body["token"]).toMatchObject({ revoked_at });
    expect((await audited()).filter(({ action }) => action === "token_revoked").length).toBe(1);
  });

  it("end when expired, and stay listed until new tokens are made", async () => {
    const made = await make("short", "admin", 1);
    await pool().query("UPDATE access_tokens SET expires_at = now()");
    expect(await me(bearer(made))).toBe(401);
    expect((await call("GET /api/tokens", as(admin))).body["tokens"]).toMatchObject([{ name: "short" }]);
  });

  it("have names that are different in the audit log", async () => {
    await make("deploy", "viewer");
    for (const name of ["deploy", " deploy ", "API_TOKEN", "CRON_SECRET"])
      expect((await make(name, "viewer")).status, name).toBe(400);
    expect((await make("other", "viewer")).status).toBe(201);
  });

  it("are made by scripts too, and a row written by hand opens nothing", async () => {
    const made = await make("by script", "viewer", null, script);
    expect(made).toMatchObject({ status: 201, body: { token: { created_by: "token:API_TOKEN" } } });
    await pool().query('UPDATE access_tokens SET permissions = \'{"role":["superuser"]}\'');
    expect(await me(bearer(made))).toBe(401);
  });
});

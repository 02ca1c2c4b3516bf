import { beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../queries/testing/use-database.ts";
import { pool } from "../store/pool.ts";
import { as, audited, script, tokenIn } from "./testing/access-calls.ts";
import { addPerson, cookieOf, PASSWORD, type Person } from "./testing/people.ts";
import { useClient } from "./testing/use-client.ts";

useDatabase();
const { call, signIn, me, address } = useClient();
let admin: Person;

describe("the profile of the signed-in user", () => {
  beforeEach(async () => {
    admin = await addPerson("editor", "ada@example.com");
  });

  it("names the user or token that asks", async () => {
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
      address: address(),
    });
  });

  it("has sessions, which only their own user may end one by one", async () => {
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
      [false, "Firefox", address()],
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

  it("are signed out at once when disabled, and may sign in again when enabled", async () => {
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

  it("always include an admin, even when two requests remove the last two admins at once", async () => {
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

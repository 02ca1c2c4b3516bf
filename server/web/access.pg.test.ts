import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RouteKey } from "../../lib/protocol/routes.ts";
import { ADDRESS_HEADER } from "../access/names.ts";
import { createAdminOfEnvironment, newSetupToken } from "../commands/access/first-admin.ts";
import { useDatabase } from "../queries/testing/use-database.ts";
import { pool } from "../store/pool.ts";
import { addPerson, cookieOf, PASSWORD, type Person } from "./testing/people.ts";
import { RouteModules } from "./testing/route-modules.ts";
import { API_TOKEN } from "./testing/test-env.ts";

useDatabase();
let routes: RouteModules;
let clients = 0;
let from: string;
let admin: Person;

beforeAll(async () => {
  routes = await RouteModules.load();
});
beforeEach(async () => {
  await pool().query("TRUNCATE access_users, access_tokens, access_links, access_throttle CASCADE");
  clients += 1;
  from = `192.0.2.${clients}`;
});

interface Answer {
  status: number;
  body: Record<string, never> & { detail?: string; code?: string };
  cookie: string;
  setCookie: string;
  headers: Headers;
}

async function call(key: RouteKey, headers: Record<string, string>, body?: object, more: { id?: string; query?: string } = {}): Promise<Answer> {
  const given = { [ADDRESS_HEADER]: from, ...headers };
  const response = await routes.call(key, given, { ...more, body: JSON.stringify(body ?? {}) });
  const setCookie = response.headers.get("set-cookie") ?? "";
  const cookie = setCookie.split(";")[0] ?? "";
  return { status: response.status, body: (await response.json()) as Answer["body"], cookie, setCookie, headers: response.headers };
}

const signIn = (email: string, password: string, headers: Record<string, string> = {}) => call("POST /api/auth/sign-in", headers, { email, password });
const as = (person: { cookie: string }) => ({ Cookie: person.cookie });
const script = { Authorization: `Bearer ${API_TOKEN}` };
const me = async (headers: Record<string, string>) => (await call("GET /api/profile", headers)).status;
const actions = async () =>
  (await pool().query<{ action: string; actor: string; address: string | null }>("SELECT actor, action, address FROM audit_entries WHERE at > now() - interval '1 minute' ORDER BY id")).rows;
const lastAction = async () => (await actions()).at(-1);
const tokenIn = (link: string) => new URL(link).searchParams.get("token") ?? "";

describe("the first admin", () => {
  const setUp = (token: string, email = "ada@example.com") => call("POST /api/auth/setup", {}, { token, email, password: PASSWORD });

  it("comes by the link, which signs in, and works once", async () => {
    const token = (await newSetupToken()) ?? "";
    const { status, body, setCookie, cookie } = await setUp(token, "Ada@Example.com");
    expect([status, body]).toMatchObject([201, { user: { email: "ada@example.com", name: "ada", role: "admin", disabled: false } }]);
    expect(setCookie).toMatch(/^lockstep_session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await me({ Cookie: cookie })).toBe(200);
    expect(await setUp(token, "eve@example.com")).toMatchObject({ status: 410, body: { code: "link_gone" } });
    expect(await newSetupToken()).toBeNull();
    expect(await actions()).toContainEqual({ actor: "user:ada@example.com", action: "user_created", address: from });
  });

  it("is one, however many use links at the same time", async () => {
    const tokens = [await newSetupToken(), await newSetupToken()].map((token) => token ?? "");
    const racing = await Promise.all(Array.from({ length: 8 }, (_, at) => setUp(tokens[at % 2] ?? "", `racer${at}@example.com`)));
    expect(racing.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(410)]);
    expect((await pool().query("SELECT 1 FROM access_users")).rowCount).toBe(1);
  });

  it("does not come by a link that expired, that was made up, or that is another one's kind", async () => {
    const token = (await newSetupToken()) ?? "";
    await pool().query("UPDATE access_links SET expires_at = now()");
    expect((await setUp(token)).status).toBe(410);
    expect((await setUp("made-up")).status).toBe(410);
    const invitation = await call("POST /api/invitations", script, { email: "v@example.com", role: "viewer" });
    expect((await setUp(tokenIn(invitation.body["link"] ?? ""))).status).toBe(410);
  });

  it("keeps the link's token as a hash only", async () => {
    const token = (await newSetupToken()) ?? "";
    expect(JSON.stringify((await pool().query("SELECT * FROM access_links")).rows)).not.toContain(token);
  });

  it("comes from the environment when there is none, and is never changed by it", async () => {
    expect(await createAdminOfEnvironment("Ada@example.com", PASSWORD)).toBe("created");
    expect(await createAdminOfEnvironment("ada@example.com", "another password")).toBe("there");
    expect(await createAdminOfEnvironment("eve@example.com", PASSWORD)).toBe("there");
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
    expect((await signIn("ada@example.com", "another password")).status).toBe(401);
  });

  it("is not made of somebody who is there as less", async () => {
    await addPerson("viewer", "ada@example.com");
    expect(await createAdminOfEnvironment("ada@example.com", PASSWORD)).toBe("taken");
    expect(await setUp((await newSetupToken()) ?? "")).toMatchObject({ status: 409, body: { code: "user_exists" } });
  });

  it("has a password that is long enough", async () => {
    const token = (await newSetupToken()) ?? "";
    expect(await call("POST /api/auth/setup", {}, { token, email: "ada@example.com", password: "elevenchars" })).toMatchObject({
      status: 400,
      body: { errors: [{ field: "password", message: "must have at least 12 characters" }] },
    });
  });
});

describe("signing in", () => {
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
  });

  it("opens a session for the right password, whatever the case of the address", async () => {
    const { status, body, cookie } = await signIn(" ADA@example.com", PASSWORD);
    expect([status, body]).toMatchObject([200, { user: { id: admin.user.id, email: "ada@example.com" } }]);
    expect(JSON.stringify(body)).not.toMatch(/password|token|scrypt/);
    expect(await me({ Cookie: cookie })).toBe(200);
    expect(await lastAction()).toEqual({ actor: "user:ada@example.com", action: "signed_in", address: from });
  });

  it("answers an unknown address as a wrong password", async () => {
    const [unknown, wrong] = [await signIn("nobody@example.com", PASSWORD), await signIn("ada@example.com", "not the password")];
    expect(unknown).toMatchObject({ status: 401, setCookie: "" });
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
    expect(await lastAction()).toEqual({ actor: "anonymous", action: "sign_in_failed", address: from });
  });

  it("makes the cookie Secure behind TLS", async () => {
    expect((await signIn("ada@example.com", PASSWORD, { "X-Forwarded-Proto": "https" })).setCookie).toMatch(/; Secure$/);
  });

  it("is not done by another site's page, nor by a form", async () => {
    expect((await signIn("ada@example.com", PASSWORD, { Origin: "https://evil.example" })).status).toBe(403);
    expect((await signIn("ada@example.com", PASSWORD, { "Content-Type": "text/plain" })).status).toBe(415);
  });

  it("ends when its time is over, and with another AUTH_SECRET", async () => {
    expect(await me(as(admin))).toBe(200);
    const [name, signed = ""] = admin.cookie.split("=");
    expect(await me({ Cookie: `${name}=${signed.replace(/^./, (first) => (first === "a" ? "b" : "a"))}` })).toBe(401);
    await pool().query("UPDATE access_sessions SET expires_at = now() - interval '1 second'");
    expect(await me(as(admin))).toBe(401);
  });

  it("out ends this session, out everywhere all of them", async () => {
    const [second, third] = [{ cookie: await cookieOf("ada@example.com") }, { cookie: await cookieOf("ada@example.com") }];
    const out = await call("POST /api/auth/sign-out", as(admin));
    expect(out).toMatchObject({ status: 200, setCookie: expect.stringContaining("lockstep_session=; Path=/; Max-Age=0") as string });
    expect([await me(as(admin)), await me(as(second))]).toEqual([401, 200]);
    await call("POST /api/auth/sign-out-everywhere", as(second));
    expect([await me(as(second)), await me(as(third))]).toEqual([401, 401]);
  });
});

describe("guessing", () => {
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
  });
  const guess = (email = "ada@example.com") => signIn(email, "a wrong password");
  /** This many failures from the address, a moment ago. */
  const countedBefore = (points: number) =>
    pool().query("INSERT INTO access_throttle VALUES ($1, $2, extract(epoch FROM now()) * 1000 + 60000)", [`address:${from}`, points]);
  const statuses = async (tries: Promise<Answer>[]) => (await Promise.all(tries)).map(({ status }) => status);

  it("is stopped after a few tries for one account, also when they come all at once", async () => {
    const tried = await statuses(Array.from({ length: 20 }, () => guess()));
    expect(tried.filter((status) => status === 401).length).toBe(8);
    expect(tried.filter((status) => status === 429).length).toBe(12);
    const refused = await signIn("ada@example.com", PASSWORD);
    expect(refused).toMatchObject({ status: 429, body: { code: "too_many_requests" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
    const throttled = (await actions()).filter(({ action, address }) => action === "sign_in_throttled" && address === from);
    expect(throttled.length).toBe(1);
  });

  it("does not lock its owner out, who is elsewhere", async () => {
    await statuses(Array.from({ length: 20 }, () => guess()));
    from = "198.51.100.7";
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
  });

  it("by many addresses pauses the account for a minute, but for those its owner came from before", async () => {
    from = "198.51.100.8";
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
    const tried: number[] = [];
    for (let at = 0; at < 4; at += 1) {
      from = `203.0.113.${at}`;
      tried.push((await guess()).status);
      // As if some twenty other addresses had tried too.
      if (at === 0) await pool().query("UPDATE access_throttle SET points = points + 17 WHERE key LIKE 'account:%'");
    }
    expect(tried).toEqual([401, 401, 401, 429]);
    const refused = await signIn("ada@example.com", PASSWORD);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    from = "198.51.100.8";
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
  });

  it("at many accounts is stopped for the address", async () => {
    await countedBefore(36);
    const tried = await statuses(Array.from({ length: 8 }, (_, at) => guess(`user${at}@example.com`)));
    expect(tried.filter((status) => status === 401).length).toBe(4);
    expect(tried.filter((status) => status === 429).length).toBe(4);
  });

  it("is not what somebody does who knows the password", async () => {
    for (let at = 0; at < 10; at += 1) expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
    const { rows } = await pool().query("SELECT points FROM access_throttle WHERE key LIKE 'address:%' OR key LIKE 'account:%'");
    expect(rows).toEqual([{ points: 0 }, { points: 0 }]);
  });

  it("of the present password is stopped in an open session too", async () => {
    const change = () => call("POST /api/profile/password", as(admin), { current_password: "a wrong guess", new_password: "another password" });
    expect((await change()).status).toBe(403);
    await pool().query("UPDATE access_throttle SET points = points + 6 WHERE key LIKE 'pair:%'");
    expect([(await change()).status, (await change()).status]).toEqual([403, 429]);
  });

  it("of links is stopped for the address", async () => {
    await countedBefore(37);
    const body = { token: "made-up", email: "eve@example.com", password: PASSWORD };
    const { email: _, ...link } = body;
    const tried = await statuses([
      call("POST /api/auth/reset", {}, link),
      call("POST /api/auth/accept-invite", {}, link),
      call("POST /api/auth/setup", {}, body),
    ]);
    expect(tried).toEqual([410, 410, 410]);
    expect((await call("POST /api/auth/reset", {}, link)).status).toBe(429);
    expect((await call("POST /api/auth/setup", {}, body)).status).toBe(429);
  });
});

describe("one's own profile", () => {
  beforeEach(async () => {
    admin = await addPerson("editor", "ada@example.com");
  });

  it("says who asks, a token too", async () => {
    const { body } = await call("GET /api/profile", as(admin));
    expect(body["profile"]).toEqual({ actor: "user:ada@example.com", kind: "user", id: admin.user.id, email: "ada@example.com", name: "ada@example.com", role: "editor" });
    expect((await call("GET /api/profile", script)).body["profile"]).toMatchObject({ kind: "token", name: "API_TOKEN", email: null, role: "admin" });
  });

  it("has a name that one may change, and nothing else", async () => {
    expect((await call("PATCH /api/profile", as(admin), { name: "Ada L." })).body["profile"]).toMatchObject({ name: "Ada L." });
    expect((await call("PATCH /api/profile", as(admin), { name: "Ada", role: "admin" })).status).toBe(400);
  });

  it("has a password: changed with the present one, it ends the other sessions", async () => {
    const other = { cookie: await cookieOf("ada@example.com") };
    const changed = await call("POST /api/profile/password", as(admin), { current_password: PASSWORD, new_password: "another password" });
    expect(changed.status).toBe(200);
    expect([await me(as(other)), await me(as(admin)), await me({ Cookie: changed.cookie })]).toEqual([401, 401, 200]);
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(401);
    expect((await signIn("ada@example.com", "another password")).status).toBe(200);
    expect(await actions()).toContainEqual({ actor: "user:ada@example.com", action: "password_changed", address: from });
  });

  it("has sessions, which one may end one by one, one's own only", async () => {
    const other = await addPerson("viewer", "bob@example.com");
    await signIn("ada@example.com", PASSWORD, { "User-Agent": "Firefox" });
    const { body } = await call("GET /api/profile/sessions", as(admin));
    const sessions = body["sessions"] as unknown as { id: string; current: boolean; from: string; user_agent: string | null }[];
    expect(sessions.map(({ current, user_agent, from }) => [current, user_agent, from])).toEqual([[false, "Firefox", from], [true, null, "127.0.0.1"]]);
    const bobs = (await call("GET /api/profile/sessions", as(other))).body["sessions"] as unknown as { id: string }[];
    expect((await call("DELETE /api/profile/sessions/:id", as(admin), undefined, { id: bobs[0]?.id ?? "" })).status).toBe(404);
    expect(await me(as(other))).toBe(200);
    expect((await call("DELETE /api/profile/sessions/:id", as(admin), undefined, { id: sessions[1]?.id ?? "" })).status).toBe(200);
    expect(await me(as(admin))).toBe(401);
  });
});

describe("users", () => {
  let viewer: Person;
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
    viewer = await addPerson("viewer", "bob@example.com");
  });
  const change = (person: Person, patch: object, by: Record<string, string> = as(admin)) => call("PATCH /api/users/:id", by, patch, { id: person.user.id });

  it("are listed without a secret", async () => {
    const { body } = await call("GET /api/users", as(admin));
    expect(body["users"]).toEqual([
      { ...admin.user, last_signed_in_at: expect.any(String) as string },
      { ...viewer.user, last_signed_in_at: expect.any(String) as string },
    ]);
  });

  it("get another role at once, in sessions that are open", async () => {
    expect((await call("GET /api/users", as(viewer))).status).toBe(403);
    expect((await change(viewer, { role: "admin" })).body["user"]).toMatchObject({ role: "admin" });
    expect((await call("GET /api/users", as(viewer))).status).toBe(200);
    await change(viewer, { role: "viewer" });
    expect((await call("GET /api/users", as(viewer))).status).toBe(403);
    const { rows } = await pool().query("SELECT before, after FROM audit_entries WHERE action = 'user_role_changed' ORDER BY id DESC LIMIT 2");
    expect(rows[1]).toEqual({ before: { role: "viewer" }, after: { role: "admin" } });
  });

  it("are out at once when disabled, and stay out until enabled", async () => {
    await change(viewer, { disabled: true });
    expect(await me(as(viewer))).toBe(401);
    expect(await signIn("bob@example.com", PASSWORD)).toMatchObject({ status: 403, setCookie: "", body: { detail: "this account is disabled; ask an admin" } });
    expect((await signIn("bob@example.com", "not the password")).status).toBe(401);
    await change(viewer, { disabled: false });
    expect(await me(as(viewer))).toBe(401);
    expect((await signIn("bob@example.com", PASSWORD)).status).toBe(200);
  });

  it("never leave nobody who is an admin, not even by two at the same time", async () => {
    for (const patch of [{ role: "editor" }, { disabled: true }]) {
      expect(await change(admin, patch)).toMatchObject({ status: 409, body: { code: "last_admin" } });
    }
    const second = await addPerson("admin", "eve@example.com");
    const both = await Promise.all([change(admin, { role: "viewer" }, script), change(second, { disabled: true }, script)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it("have sessions that an admin sees and ends", async () => {
    const { body } = await call("GET /api/users/:id/sessions", as(admin), undefined, { id: viewer.user.id });
    expect(body["sessions"]).toMatchObject([{ current: false, from: "127.0.0.1" }]);
    expect((await call("DELETE /api/users/:id/sessions", as(admin), undefined, { id: viewer.user.id })).status).toBe(200);
    expect([await me(as(viewer)), await me(as(admin))]).toEqual([401, 200]);
  });

  it("get a link that sets a new password once, and ends what was open", async () => {
    const make = () => call("POST /api/users/:id/reset-link", as(admin), undefined, { id: viewer.user.id });
    const [old, fresh] = [await make(), await make()].map(({ body }) => tokenIn(body["link"] ?? ""));
    expect(await call("GET /api/auth/reset", {}, undefined, { query: `?token=${fresh}` })).toMatchObject({ status: 200, body: { email: "bob@example.com", role: "viewer" } });
    const reset = (token = "") => call("POST /api/auth/reset", {}, { token, password: "a fresh password" });
    expect((await reset(old)).status).toBe(410);
    const done = await reset(fresh);
    expect([done.status, await me({ Cookie: done.cookie }), await me(as(viewer))]).toEqual([200, 200, 401]);
    expect((await reset(fresh)).status).toBe(410);
    expect((await signIn("bob@example.com", PASSWORD)).status).toBe(401);
  });

  it("who are disabled are not let in by a link made before", async () => {
    const { body } = await call("POST /api/users/:id/reset-link", as(admin), undefined, { id: viewer.user.id });
    await change(viewer, { disabled: true });
    expect((await call("POST /api/auth/reset", {}, { token: tokenIn(body["link"] ?? ""), password: "a fresh password" })).status).toBe(410);
  });
});

describe("invitations", () => {
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
  });
  const invite = (email: string, role = "editor", headers: Record<string, string> = as(admin)) => call("POST /api/invitations", headers, { email, role });
  const accept = (link: string, more: object = {}) => call("POST /api/auth/accept-invite", {}, { token: tokenIn(link), password: PASSWORD, ...more });

  it("make a user of the role they name, once", async () => {
    const { status, body } = await invite("Bob@example.com");
    const link = String(body["link"]);
    expect([status, body["invitation"]]).toMatchObject([201, { email: "bob@example.com", role: "editor", invited_by: "user:ada@example.com" }]);
    expect(link).toMatch(/^http:\/\/localhost:3000\/invite\?token=[\w-]{43}$/);
    expect(await call("GET /api/auth/invite", {}, undefined, { query: `?token=${tokenIn(link)}` })).toMatchObject({ status: 200, body: { email: "bob@example.com", role: "editor" } });
    const joined = await accept(link, { name: "Bob" });
    expect([joined.status, joined.body["user"], await me({ Cookie: joined.cookie })]).toMatchObject([201, { email: "bob@example.com", name: "Bob", role: "editor" }, 200]);
    expect((await accept(link)).status).toBe(410);
    expect((await call("GET /api/auth/invite", {}, undefined, { query: `?token=${tokenIn(link)}` })).status).toBe(410);
    expect((await call("GET /api/invitations", as(admin))).body["invitations"]).toEqual([]);
  });

  it("let nobody choose another role or address", async () => {
    const { body } = await invite("bob@example.com", "viewer");
    for (const more of [{ role: "admin" }, { email: "eve@example.com" }]) expect((await accept(String(body["link"]), more)).status).toBe(400);
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

  it("are not for who is there", async () => {
    expect(await invite("ada@example.com")).toMatchObject({ status: 409, body: { code: "user_exists" } });
  });
});

describe("API tokens", () => {
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
  });
  const make = (name: string, role: string, expires_in_days: number | null = null, headers: Record<string, string> = as(admin)) =>
    call("POST /api/tokens", headers, { name, role, expires_in_days });
  const bearer = (answer: Answer) => ({ Authorization: `Bearer ${String(answer.body["secret"])}` });
  const tokenOf = (answer: Answer) => answer.body["token"] as unknown as { id: string; start: string; last_used_at: string | null };

  it("are shown once and kept as a hash", async () => {
    const made = await make("deploy", "editor", 30);
    expect(made).toMatchObject({ status: 201, body: { token: { name: "deploy", role: "editor", created_by: "user:ada@example.com", revoked_at: null, last_used_at: null } } });
    const secret = String(made.body["secret"]);
    expect(secret).toMatch(/^lockstep_[A-Za-z]{64}$/);
    expect(secret.startsWith(tokenOf(made).start)).toBe(true);
    const kept = JSON.stringify([(await pool().query("SELECT * FROM access_tokens")).rows, (await pool().query("SELECT * FROM audit_entries")).rows, (await call("GET /api/tokens", as(admin))).body]);
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(secret.slice("lockstep_".length));
  });

  it("act by their name, with their role", async () => {
    const made = await make("deploy", "editor");
    expect((await call("GET /api/profile", bearer(made))).body["profile"]).toMatchObject({ actor: "token:deploy", kind: "token", role: "editor" });
    expect((await call("GET /api/users", bearer(made))).status).toBe(403);
    expect((await call("POST /api/sync/dry-run", bearer(made))).status).not.toBe(403);
  });

  it("may be used as often as one likes", async () => {
    const made = await make("busy", "viewer");
    const statuses = new Set(await Promise.all(Array.from({ length: 100 }, () => me(bearer(made)))));
    expect([...statuses]).toEqual([200]);
  });

  it("say when they were last used", async () => {
    const made = await make("used", "viewer");
    await me(bearer(made));
    await expect.poll(async () => ((await call("GET /api/tokens", as(admin))).body["tokens"] as unknown as { last_used_at: string | null }[])[0]?.last_used_at).toMatch(/Z$/);
  });

  it("end when revoked, once and for all", async () => {
    const made = await make("deploy", "admin");
    expect(await me(bearer(made))).toBe(200);
    const revoke = () => call("DELETE /api/tokens/:id", as(admin), undefined, { id: tokenOf(made).id });
    const { revoked_at } = (await revoke()).body["token"] as unknown as { revoked_at: string };
    expect(revoked_at).toMatch(/Z$/);
    expect(await me(bearer(made))).toBe(401);
    expect((await revoke()).body["token"]).toMatchObject({ revoked_at });
    expect((await actions()).filter(({ action }) => action === "token_revoked").length).toBe(1);
  });

  it("end when expired, and are listed until others are made", async () => {
    const made = await make("short", "admin", 1);
    await pool().query("UPDATE access_tokens SET expires_at = now()");
    expect(await me(bearer(made))).toBe(401);
    expect((await call("GET /api/tokens", as(admin))).body["tokens"]).toMatchObject([{ name: "short" }]);
  });

  it("have names that the audit can tell apart", async () => {
    await make("deploy", "viewer");
    for (const name of ["deploy", " deploy ", "API_TOKEN", "CRON_SECRET"]) expect((await make(name, "viewer")).status, name).toBe(400);
    expect((await make("other", "viewer")).status).toBe(201);
  });

  it("are made by scripts too, and open nothing when their row was written by hand", async () => {
    const made = await make("by script", "viewer", null, script);
    expect(made).toMatchObject({ status: 201, body: { token: { created_by: "token:API_TOKEN" } } });
    await pool().query("UPDATE access_tokens SET permissions = '{\"role\":[\"superuser\"]}'");
    expect(await me(bearer(made))).toBe(401);
  });
});

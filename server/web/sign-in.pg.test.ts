import { beforeEach, describe, expect, it } from "vitest";
import { env } from "../../config/env.ts";
import { createAdminOfEnvironment, newSetupToken } from "../commands/access/first-admin.ts";
import { useDatabase } from "../queries/testing/use-database.ts";
import { closePool, pool } from "../store/pool.ts";
import { as, audited, script, tokenIn } from "./testing/access-calls.ts";
import { provideTestEnv } from "./testing/test-env.ts";
import { addPerson, cookieOf, PASSWORD, type Person } from "./testing/people.ts";
import { useClient } from "./testing/use-client.ts";

useDatabase();
const { call, signIn, me, address } = useClient();
let admin: Person;

describe("the first admin", () => {
  const setUp = (token: string, email = "ada@example.com") =>
    call("POST /api/auth/setup", {}, { token, email, password: PASSWORD });

  it("is created by the link, which works once and signs in", async () => {
    const token = (await newSetupToken()) ?? "";
    const { status, body, setCookie, cookie } = await setUp(token, "Ada@Example.com");
    expect([status, body]).toMatchObject([
      201,
      { user: { email: "ada@example.com", name: "ada", role: "admin", disabled: false } },
    ]);
    expect(setCookie).toMatch(/^lockstep_session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await me({ Cookie: cookie })).toBe(200);
    expect(await setUp(token, "eve@example.com")).toMatchObject({ status: 410, body: { code: "link_gone" } });
    expect(await newSetupToken()).toBeNull();
    expect(await audited()).toContainEqual({
      actor: "user:ada@example.com",
      action: "user_created",
      address: address(),
    });
  });

  it("is only one, however many links are used at the same time", async () => {
    const tokens = [await newSetupToken(), await newSetupToken()].map((token) => token ?? "");
    const racing = await Promise.all(
      Array.from({ length: 8 }, (_, at) => setUp(tokens[at % 2] ?? "", `racer${at}@example.com`)),
    );
    expect(racing.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(410)]);
    expect((await pool().query("SELECT 1 FROM access_users")).rowCount).toBe(1);
  });

  it("is not created by a link that has expired, was made up, or is of another kind", async () => {
    const token = (await newSetupToken()) ?? "";
    await pool().query("UPDATE access_links SET expires_at = now()");
    expect((await setUp(token)).status).toBe(410);
    expect((await setUp("made-up")).status).toBe(410);
    const invitation = await call("POST /api/invitations", script, {
      email: "v@example.com",
      role: "viewer",
    });
    expect((await setUp(tokenIn(invitation.body["link"]))).status).toBe(410);
  });

  it("stores only a hash of the link's token", async () => {
    const token = (await newSetupToken()) ?? "";
    expect(JSON.stringify((await pool().query("SELECT * FROM access_links")).rows)).not.toContain(token);
  });

  it("is created from the environment when there is none, and not changed by it later", async () => {
    expect(await createAdminOfEnvironment("Ada@example.com", PASSWORD)).toBe("created");
    expect(await createAdminOfEnvironment("ada@example.com", "another password")).toBe("there");
    expect(await createAdminOfEnvironment("eve@example.com", PASSWORD)).toBe("there");
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
    expect((await signIn("ada@example.com", "another password")).status).toBe(401);
  });

  it("is not made of an existing user with a lower role", async () => {
    await addPerson("viewer", "ada@example.com");
    expect(await createAdminOfEnvironment("ada@example.com", PASSWORD)).toBe("taken");
    expect(await setUp((await newSetupToken()) ?? "")).toMatchObject({
      status: 409,
      body: { code: "user_exists" },
    });
  });

  it("has a password that is long enough", async () => {
    const token = (await newSetupToken()) ?? "";
    expect(
      await call("POST /api/auth/setup", {}, { token, email: "ada@example.com", password: "elevenchars" }),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ field: "password", message: "must have at least 12 characters" }] },
    });
  });
});

describe("signing in", () => {
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
  });

  it("opens a session for the right password, in any case of the address", async () => {
    const { status, body, cookie } = await signIn(" ADA@example.com", PASSWORD);
    expect([status, body]).toMatchObject([200, { user: { id: admin.user.id, email: "ada@example.com" } }]);
    expect(JSON.stringify(body)).not.toMatch(/password|token|scrypt/);
    expect(await me({ Cookie: cookie })).toBe(200);
    expect((await audited()).at(-1)).toEqual({
      actor: "user:ada@example.com",
      action: "signed_in",
      address: address(),
    });
  });

  it("where the public address is https, the cookie is bound to this host and to TLS", async () => {
    const before = await cookieOf("ada@example.com");
    provideTestEnv({ PUBLIC_URL: "https://lockstep.example.com" });
    try {
      const { setCookie, cookie } = await signIn("ada@example.com", PASSWORD);
      expect(setCookie).toMatch(
        /^__Host-lockstep_session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      expect(await me({ Cookie: cookie })).toBe(200);
      // A cookie of the plain name may have been put there by another host of the domain.
      expect(await me({ Cookie: cookie.replace("__Host-", "") })).toBe(401);
      expect(await me({ Cookie: before })).toBe(401);
      const out = await call("POST /api/auth/sign-out", { Cookie: cookie });
      expect(out.setCookie).toMatch(/^__Host-lockstep_session=; Path=\/; Max-Age=0; .*Secure$/);
      expect(await me({ Cookie: cookie })).toBe(401);
    } finally {
      provideTestEnv({ PUBLIC_URL: "" });
    }
  });

  it("answers an unknown address like a wrong password", async () => {
    const [unknown, wrong] = [
      await signIn("nobody@example.com", PASSWORD),
      await signIn("ada@example.com", "not the password"),
    ];
    expect(unknown).toMatchObject({ status: 401, setCookie: "" });
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
    expect((await audited()).at(-1)).toEqual({
      actor: "anonymous",
      action: "sign_in_failed",
      address: address(),
    });
  });

  it("makes the cookie Secure behind TLS", async () => {
    expect((await signIn("ada@example.com", PASSWORD, { "X-Forwarded-Proto": "https" })).setCookie).toMatch(
      /; Secure$/,
    );
  });

  it("is refused for another site's page and for a form", async () => {
    expect((await signIn("ada@example.com", PASSWORD, { Origin: "https://evil.example" })).status).toBe(403);
    expect((await signIn("ada@example.com", PASSWORD, { "Content-Type": "text/plain" })).status).toBe(415);
  });

  it("ends when its time is over, and with another AUTH_SECRET", async () => {
    expect(await me(as(admin))).toBe(200);
    const [name, signed = ""] = admin.cookie.split("=");
    expect(
      await me({ Cookie: `${name}=${signed.replace(/^./, (first) => (first === "a" ? "b" : "a"))}` }),
    ).toBe(401);
    await pool().query("UPDATE access_sessions SET expires_at = now() - interval '1 second'");
    expect(await me(as(admin))).toBe(401);
  });

  it("gives a temporary error while the database does not answer", async () => {
    const url = env().DATABASE_URL ?? "";
    await closePool();
    provideTestEnv({ DATABASE_URL: "postgresql://127.0.0.1:1/none" });
    try {
      expect([await me(as(admin)), (await signIn("ada@example.com", PASSWORD)).status]).toEqual([503, 503]);
    } finally {
      await closePool();
      provideTestEnv({ DATABASE_URL: url });
    }
    expect(await me(as(admin))).toBe(200);
  });

  it("out ends this session, and out everywhere ends all sessions", async () => {
    const [second, third] = [
      { cookie: await cookieOf("ada@example.com") },
      { cookie: await cookieOf("ada@example.com") },
    ];
    const out = await call("POST /api/auth/sign-out", as(admin));
    expect(out).toMatchObject({
      status: 200,
      setCookie: expect.stringContaining("lockstep_session=; Path=/; Max-Age=0") as string,
    });
    expect([await me(as(admin)), await me(as(second))]).toEqual([401, 200]);
    await call("POST /api/auth/sign-out-everywhere", as(second));
    expect([await me(as(second)), await me(as(third))]).toEqual([401, 401]);
  });
});

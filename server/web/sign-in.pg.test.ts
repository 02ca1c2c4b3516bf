import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { env } from "../../config/env.ts";
import { createAdminOfEnvironment, newSetupToken } from "../commands/access/first-admin.ts";
import { useDatabase } from "../queries/testing/use-database.ts";
import { closePool, pool } from "../store/pool.ts";
import {
  type Answer,
  as,
  audited,
  Client,
  forgetEverybody,
  script,
  tokenIn,
} from "./testing/access-calls.ts";
import { provideTestEnv } from "./testing/test-env.ts";
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
      address: client.from,
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
      address: client.from,
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
      address: client.from,
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

describe("guessing", () => {
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
  });
  const guess = (email = "ada@example.com") => signIn(email, "a wrong password");
  /** Records this many failures from the address, a moment ago. */
  const countedBefore = (points: number) =>
    pool().query(
      "INSERT INTO access_throttle VALUES ($1, $2, extract(epoch FROM now()) * 1000 + 60000) ON " +
        "CONFLICT (key) DO UPDATE SET points = EXCLUDED.points",
      [`address:${client.from}`, points],
    );
  const statuses = async (tries: Promise<Answer>[]) => (await Promise.all(tries)).map(({ status }) => status);

  it("is stopped after a few attempts on one account, also when they come at once", async () => {
    const tried = await statuses(Array.from({ length: 20 }, () => guess()));
    expect(tried.filter((status) => status === 401).length).toBe(8);
    expect(tried.filter((status) => status === 429).length).toBe(12);
    const refused = await signIn("ada@example.com", PASSWORD);
    expect(refused).toMatchObject({ status: 429, body: { code: "too_many_requests" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
    const throttled = (await audited()).filter(
      ({ action, address }) => action === "sign_in_throttled" && address === client.from,
    );
    expect(throttled.length).toBe(1);
  });

  it("does not lock out the owner at another address", async () => {
    await statuses(Array.from({ length: 20 }, () => guess()));
    client.from = "198.51.100.7";
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
  });

  it(
    "from many addresses pauses the account for a minute, except for addresses that its owner signed in " +
      "from",
    async () => {
      client.from = "198.51.100.8";
      expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
      const tried: number[] = [];
      for (let at = 0; at < 4; at += 1) {
        client.from = `203.0.113.${at}`;
        tried.push((await guess()).status);
        // The count is raised as if some twenty other addresses had tried too.
        if (at === 0)
          await pool().query("UPDATE access_throttle SET points = points + 17 WHERE key LIKE 'account:%'");
      }
      expect(tried).toEqual([401, 401, 401, 429]);
      const refused = await signIn("ada@example.com", PASSWORD);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
      client.from = "198.51.100.8";
      expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
    },
  );

  it("at many accounts is stopped for the address", async () => {
    await countedBefore(36);
    const tried = await statuses(Array.from({ length: 8 }, (_, at) => guess(`user${at}@example.com`)));
    expect(tried.filter((status) => status === 401).length).toBe(4);
    expect(tried.filter((status) => status === 429).length).toBe(4);
  });

  it("by a colleague at the same address does not lock out a user who signed in there before", async () => {
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
    await addPerson("viewer", "bob@example.com");
    await countedBefore(40);
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
    expect((await signIn("bob@example.com", PASSWORD)).status).toBe(429);
  });

  it("does not include attempts with the right password", async () => {
    for (let at = 0; at < 10; at += 1) expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
    const { rows } = await pool().query(
      "SELECT points FROM access_throttle WHERE key LIKE 'address:%' OR key LIKE 'account:%'",
    );
    expect(rows).toEqual([{ points: 0 }, { points: 0 }]);
  });

  it("the present password is stopped in an open session too", async () => {
    const change = () =>
      call("POST /api/profile/password", as(admin), {
        current_password: "a wrong guess",
        new_password: "another password",
      });
    expect((await change()).status).toBe(403);
    await pool().query("UPDATE access_throttle SET points = points + 6 WHERE key LIKE 'pair:%'");
    expect([(await change()).status, (await change()).status]).toEqual([403, 429]);
  });

  it("one-time links is stopped for the address", async () => {
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

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createToken } from "../commands/access/tokens.ts";
import { useDatabase } from "../queries/testing/use-database.ts";
import { pool } from "../store/pool.ts";
import { waitFor } from "../testing/wait-for.ts";
import { openAccess, type OpenAccess } from "../web/sockets/open-access.ts";
import { as, Client } from "../web/testing/access-calls.ts";
import { addPerson } from "../web/testing/people.ts";

useDatabase();
const ADMIN = { name: "user:admin@example.com", role: "admin", kind: "user" } as const;
let access: OpenAccess;
let client: Client;
let people = 0;

beforeAll(async () => {
  await addPerson("admin");
  client = await Client.open();
  access = await openAccess();
});
afterAll(() => access.close());

const sql = (text: string, values: unknown[]) => pool().query(text, values);

/** What takes a right away in the database, as another process or a psql session does, and the status after it. */
const CHANGES: [string, number, (of: { user: string; token: string }) => Promise<unknown>][] = [
  [
    "a session that is deleted",
    401,
    ({ user }) => sql("DELETE FROM access_sessions WHERE user_id = $1", [user]),
  ],
  [
    "a session that is ended by its time",
    401,
    ({ user }) => sql("UPDATE access_sessions SET expires_at = now() WHERE user_id = $1", [user]),
  ],
  [
    "a user who is disabled",
    401,
    ({ user }) => sql("UPDATE access_users SET banned = true WHERE id = $1", [user]),
  ],
  ["a user who is deleted", 401, ({ user }) => sql("DELETE FROM access_users WHERE id = $1", [user])],
];
const TOKEN_CHANGES: typeof CHANGES = [
  [
    "a token that is revoked",
    401,
    ({ token }) => sql("UPDATE access_tokens SET enabled = false WHERE id = $1", [token]),
  ],
  ["a token that is deleted", 401, ({ token }) => sql("DELETE FROM access_tokens WHERE id = $1", [token])],
  [
    "a token that expires",
    401,
    ({ token }) => sql("UPDATE access_tokens SET expires_at = now() WHERE id = $1", [token]),
  ],
];

describe("what another process changes counts at once, though grants are remembered", () => {
  it.each(CHANGES)("%s", async (_what, status, change) => {
    const person = await addPerson("editor", `known${(people += 1)}@example.com`);
    expect([await client.me(as(person)), await client.me(as(person))]).toEqual([200, 200]);
    await change({ user: person.user.id, token: "" });
    await waitFor(async () => (await client.me(as(person))) === status);
  });

  it.each(TOKEN_CHANGES)("%s", async (_what, status, change) => {
    const { token, secret } = await createToken(
      { name: `known${(people += 1)}`, role: "viewer", expires_in_days: null },
      ADMIN,
    );
    const headers = { Authorization: `Bearer ${secret}` };
    expect([await client.me(headers), await client.me(headers)]).toEqual([200, 200]);
    await change({ user: "", token: token.id });
    await waitFor(async () => (await client.me(headers)) === status);
  });

  it("a user who gets another role", async () => {
    const person = await addPerson("editor", `known${(people += 1)}@example.com`);
    const role = async () => (await client.call("GET /api/profile", as(person))).body.profile;
    expect(await role()).toMatchObject({ role: "editor" });
    await sql("UPDATE access_users SET role = 'viewer' WHERE id = $1", [person.user.id]);
    await waitFor(async () => ((await role()) as unknown as { role: string }).role === "viewer");
  });
});

it("the process that answers a change of access counts it with its next request", async () => {
  const person = await addPerson("editor", `known${(people += 1)}@example.com`);
  expect(await client.me(as(person))).toBe(200);
  expect((await client.call("POST /api/auth/sign-out", as(person))).status).toBe(200);
  expect(await client.me(as(person))).toBe(401);
});

it("a known session is not looked up with each request", async () => {
  const person = await addPerson("editor", `known${(people += 1)}@example.com`);
  await client.me(as(person));
  // Without a trigger no process hears of this change.
  await sql("ALTER TABLE access_sessions DISABLE TRIGGER announce_access", []);
  await sql("DELETE FROM access_sessions WHERE user_id = $1", [person.user.id]);
  await sql("ALTER TABLE access_sessions ENABLE TRIGGER announce_access", []);
  expect(await client.me(as(person))).toBe(200);
});

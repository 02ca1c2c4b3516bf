import { beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../queries/testing/use-database.ts";
import { pool } from "../store/pool.ts";
import { as, tokenIn } from "./testing/access-calls.ts";
import { addPerson, PASSWORD, type Person } from "./testing/people.ts";
import { useClient } from "./testing/use-client.ts";

useDatabase();
const { call, me } = useClient();
let admin: Person;

describe("invitations", () => {
  beforeEach(async () => {
    admin = await addPerson("admin", "ada@example.com");
  });
  const invite = (email: string, role = "editor", headers: Record<string, string> = as(admin)) =>
    call("POST /api/invitations", headers, { email, role });
  const accept = (link: string, more: object = {}) =>
    call("POST /api/auth/accept-invite", {}, { token: tokenIn(link), password: PASSWORD, ...more });

  it("create a user with the invited role, once", async () => {
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

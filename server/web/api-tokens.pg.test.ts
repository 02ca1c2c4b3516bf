import { beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../queries/testing/use-database.ts";
import { pool } from "../store/pool.ts";
import { type Answer, as, audited, script } from "./testing/access-calls.ts";
import { addPerson, type Person } from "./testing/people.ts";
import { useClient } from "./testing/use-client.ts";

useDatabase();
const { call, me } = useClient();
let admin: Person;

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

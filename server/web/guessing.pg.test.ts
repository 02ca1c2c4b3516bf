import { beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../queries/testing/use-database.ts";
import { pool } from "../store/pool.ts";
import { type Answer, as, audited } from "./testing/access-calls.ts";
import { addPerson, PASSWORD, type Person } from "./testing/people.ts";
import { useClient } from "./testing/use-client.ts";

useDatabase();
const { call, signIn, address, moveTo } = useClient();
let admin: Person;

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
      [`address:${address()}`, points],
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
      (entry) => entry.action === "sign_in_throttled" && entry.address === address(),
    );
    expect(throttled.length).toBe(1);
  });

  it("does not lock out the owner at another address", async () => {
    await statuses(Array.from({ length: 20 }, () => guess()));
    moveTo("198.51.100.7");
    expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
  });

  it(
    "from many addresses pauses the account for a minute, except for addresses that its owner signed in " +
      "from",
    async () => {
      moveTo("198.51.100.8");
      expect((await signIn("ada@example.com", PASSWORD)).status).toBe(200);
      const tried: number[] = [];
      for (let at = 0; at < 4; at += 1) {
        moveTo(`203.0.113.${at}`);
        tried.push((await guess()).status);
        // The count is raised as if some twenty other addresses had tried too.
        if (at === 0)
          await pool().query("UPDATE access_throttle SET points = points + 17 WHERE key LIKE 'account:%'");
      }
      expect(tried).toEqual([401, 401, 401, 429]);
      const refused = await signIn("ada@example.com", PASSWORD);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
      moveTo("198.51.100.8");
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

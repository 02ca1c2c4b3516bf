import { once } from "node:events";
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { provideEnv } from "../../../config/env.ts";
import { createToken, revoke } from "../../commands/access/tokens.ts";
import { changeUser } from "../../commands/access/users.ts";
import { useDatabase } from "../../queries/testing/use-database.ts";
import { pool } from "../../store/pool.ts";
import { startEventServer } from "../testing/event-server.ts";
import { addPerson } from "../testing/people.ts";
import { RouteModules } from "../testing/route-modules.ts";
import { API_TOKEN } from "../testing/test-env.ts";

useDatabase();
const OPS = "https://ops.example.com";
const ADMIN = { name: "user:admin@example.com", role: "admin", kind: "user" } as const;
let routes: RouteModules;
// Two web processes that share one PostgreSQL.
let servers: Awaited<ReturnType<typeof startEventServer>>[];
let open: WebSocket[] = [];

beforeAll(async () => {
  routes = await RouteModules.load();
  servers = [await startEventServer(), await startEventServer()];
});
afterAll(async () => {
  for (const server of servers) await server.close();
});
afterEach(() => {
  for (const client of open) client.terminate();
  open = [];
});

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

async function ticketFor(headers: Record<string, string>): Promise<string> {
  const answer = await routes.call("POST /api/events/ticket", headers);
  const body = (await answer.json()) as { ticket: string; expires_in: number };
  expect([answer.status, body.expires_in]).toEqual([201, 30]);
  return body.ticket;
}

/** Opens a socket as a page of the origin would, which can send no header. */
async function connect(ticket: string, { at = 0, origin = OPS }: { at?: number; origin?: string } = {}) {
  const url = `ws://${servers[at]?.host ?? ""}/ws/sync?ticket=${encodeURIComponent(ticket)}`;
  const client = new WebSocket(url, { headers: { Origin: origin } });
  open.push(client);
  await new Promise<void>((resolve, reject) => {
    client.once("open", resolve);
    client.once("unexpected-response", (_, response) => reject(new Error(String(response.statusCode))));
    client.once("error", reject);
  });
  return client;
}

function allowOps(): void {
  provideEnv({ CORS_ORIGINS: OPS });
  onTestFinished(() => provideEnv({ CORS_ORIGINS: "" }));
}

it("opens one socket, at any web process, from a page of an allowed origin", async () => {
  allowOps();
  const { cookie } = await addPerson("viewer", "v@example.com");
  for (const headers of [{ Cookie: cookie, Origin: OPS }, bearer(API_TOKEN)]) {
    const ticket = await ticketFor(headers);
    await connect(ticket, { at: 1 });
    for (const at of [0, 1]) await expect(connect(ticket, { at })).rejects.toThrow("401");
  }
});

it("opens one socket when it is used many times at once", async () => {
  allowOps();
  const ticket = await ticketFor(bearer(API_TOKEN));
  const all = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => connect(ticket, { at: i % 2 })));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("is only for origins that are allowed, and is not used up by others", async () => {
  const ticket = await ticketFor(bearer(API_TOKEN));
  await expect(connect(ticket)).rejects.toThrow("403");
  await expect(connect(ticket, { origin: "null" })).rejects.toThrow("403");
  await connect(ticket, { origin: `http://${servers[0]?.host ?? ""}` });
});

it("is valid for 30 seconds, and is then forgotten", async () => {
  allowOps();
  const ticket = await ticketFor(bearer(API_TOKEN));
  const { rows } = await pool().query<{ left: number }>(
    "SELECT extract(epoch FROM expires_at - now())::float8 AS left FROM event_tickets",
  );
  expect(rows.map(({ left }) => left > 0 && left <= 30)).toEqual([true]);
  await pool().query("UPDATE event_tickets SET expires_at = expires_at - interval '30 seconds'");
  await expect(connect(ticket)).rejects.toThrow("401");
  await ticketFor(bearer(API_TOKEN));
  expect((await pool().query("SELECT 1 FROM event_tickets")).rowCount).toBe(1);
});

it("is stored as a hash, and a made-up one opens nothing", async () => {
  allowOps();
  const ticket = await ticketFor(bearer(API_TOKEN));
  expect(JSON.stringify((await pool().query("SELECT * FROM event_tickets")).rows)).not.toContain(ticket);
  for (const wrong of ["", "made-up", `${ticket}x`, "\u0000"])
    await expect(connect(wrong)).rejects.toThrow("401");
  await connect(ticket);
});

it("ends with what it was made with: before it is used, and after", async () => {
  allowOps();
  const { user, cookie } = await addPerson("editor", "gone@example.com");
  const [unused, used] = [await ticketFor({ Cookie: cookie }), await ticketFor({ Cookie: cookie })];
  const ended = once(await connect(used), "close");
  await changeUser(user.id, { disabled: true }, ADMIN);
  expect((await ended)[0]).toBe(4401);
  await expect(connect(unused)).rejects.toThrow("401");

  const { token, secret } = await createToken({ name: "t", role: "viewer", expires_in_days: null }, ADMIN);
  const late = await ticketFor(bearer(secret));
  await revoke(token.id, ADMIN);
  await expect(connect(late)).rejects.toThrow("401");
});

import { once } from "node:events";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { EVENT_CHANNEL } from "../../../lib/protocol/event.ts";
import type { Role } from "../../../lib/protocol/actor.ts";
import { invite } from "../../commands/access/invitations.ts";
import { endOwnSession, endOwnSessions } from "../../commands/access/profile.ts";
import { newResetLink } from "../../commands/access/reset-password.ts";
import { createToken, revoke } from "../../commands/access/tokens.ts";
import { changeUser, endSessionsOf } from "../../commands/access/users.ts";
import { useDatabase } from "../../queries/testing/use-database.ts";
import { pool } from "../../store/pool.ts";
import { startEventServer } from "../testing/event-server.ts";
import { addPerson, cookieOf, type Person } from "../testing/people.ts";
import { API_TOKEN } from "../testing/test-env.ts";
import { openAccess } from "./open-access.ts";

useDatabase();
const ADMIN = { name: "user:admin@example.com", role: "admin", kind: "user" } as const;
let people = 0;
let servers: Awaited<ReturnType<typeof startEventServer>>[];
let open: { close(): void }[];

beforeAll(async () => {
  await addPerson("admin");
});
beforeEach(async () => {
  // Two web processes that share one PostgreSQL.
  servers = [await startEventServer(), await startEventServer()];
  open = [];
});
afterEach(async () => {
  for (const client of open) client.close();
  for (const server of servers) await server.close();
});

const hostOf = (at: number) => servers[at]?.host ?? "";
const somebody = (role: Role = "viewer") => addPerson(role, `person${(people += 1)}@example.com`);
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** Opens sockets of both kinds, one on each server; `ended` resolves when they have closed. */
async function connect(headers: Record<string, string>) {
  const ws = new WebSocket(`ws://${hostOf(0)}/ws/sync`, { headers });
  open.push(ws);
  await once(ws, "open");
  const socket: Socket = io(`http://${hostOf(1)}`, {
    reconnection: false,
    transports: ["websocket"],
    forceNew: true,
    extraHeaders: headers,
  });
  open.push(socket);
  await new Promise<void>(
    (resolve, reject) => void socket.once("connect", resolve).once("connect_error", reject),
  );
  const heard: string[] = [];
  ws.on("message", (data: Buffer) => heard.push(data.toString()));
  socket.onAny((...told: unknown[]) => heard.push(JSON.stringify(told)));
  const ended = Promise.all([
    once(ws, "close").then(([code]) => code as number),
    new Promise((resolve) => socket.once("disconnect", resolve)),
  ]);
  return { ws, socket, ended, heard };
}
const END = [4401, "io server disconnect"];

/** Waits until every client has received all events sent before. */
async function everybodyHears(...clients: { ws: WebSocket }[]): Promise<void> {
  const all = clients.map(
    ({ ws }) =>
      new Promise<void>((resolve) =>
        ws.on("message", (data: Buffer) => {
          // An event that was sent before this one may still arrive first.
          if (data.toString().includes("sync_status_changed")) resolve();
        }),
      ),
  );
  await pool().query("SELECT pg_notify($1, $2)", [
    EVENT_CHANNEL,
    '{"event":"sync_status_changed","source":"default"}',
  ]);
  await Promise.all(all);
}

async function tokenSocket(expires_in_days: number | null = null) {
  const made = await createToken({ name: `token ${(people += 1)}`, role: "viewer", expires_in_days }, ADMIN);
  return { made, connect: () => connect(bearer(made.secret)) };
}

describe("open sockets end", () => {
  it("when their token is revoked, and other sockets stay open", async () => {
    const [{ made, connect: connectIt }, other] = [await tokenSocket(), await tokenSocket()];
    const [mine, theirs] = [await connectIt(), await other.connect()];
    await revoke(made.token.id, ADMIN);
    expect(await mine.ended).toEqual(END);
    await everybodyHears(theirs);
    await expect(connectIt()).rejects.toThrow("401");
  });

  it("when their token expires, without any other event", async () => {
    const { made, connect: connectIt } = await tokenSocket(1);
    await pool().query(
      "UPDATE access_tokens SET expires_at = now() + interval '400 milliseconds' WHERE id = $1",
      [made.token.id],
    );
    const { ended } = await connectIt();
    expect(await ended).toEqual(END);
    await expect(connectIt()).rejects.toThrow("401");
  });

  it("when their session expires", async () => {
    const { user, cookie } = await somebody();
    await pool().query(
      "UPDATE access_sessions SET expires_at = now() + interval '400 milliseconds' WHERE user_id = $1",
      [user.id],
    );
    const { ended } = await connect({ Cookie: cookie });
    expect(await ended).toEqual(END);
  });

  const actorOf = ({ user }: Person) =>
    ({ name: `user:${user.email}`, role: user.role, kind: "user", id: user.id }) as const;
  const sessionOf = async ({ user }: Person) =>
    (await pool().query<{ id: string }>("SELECT id FROM access_sessions WHERE user_id = $1", [user.id]))
      .rows[0]?.id ?? "";
  it.each<[string, (person: Person) => Promise<unknown>]>([
    ["is disabled", ({ user }) => changeUser(user.id, { disabled: true }, ADMIN)],
    ["gets another role", ({ user }) => changeUser(user.id, { role: "admin" }, ADMIN)],
    ["has their sessions ended by an admin", ({ user }) => endSessionsOf(user.id, ADMIN)],
    ["signs out", async (person) => endOwnSession(actorOf(person), await sessionOf(person), "signed_out")],
    ["signs out everywhere", (person) => endOwnSessions(actorOf(person))],
  ])("when their user %s", async (_, act) => {
    const person = await somebody();
    const { ended } = await connect({ Cookie: person.cookie });
    await act(person);
    expect(await ended).toEqual(END);
  });

  it("in one browser only, when one of several sessions is ended", async () => {
    const person = await somebody();
    const [first, second] = [await sessionOf(person), await cookieOf(person.user.email)];
    const [here, there] = [await connect({ Cookie: person.cookie }), await connect({ Cookie: second })];
    await endOwnSession(actorOf(person), first, "session_ended");
    expect(await here.ended).toEqual(END);
    await everybodyHears(there);
  });

  it("when they were revoked during a lost connection", async () => {
    const { made, connect: connectIt } = await tokenSocket();
    const { ended } = await connectIt();
    await pool().query("UPDATE access_tokens SET enabled = false WHERE id = $1", [made.token.id]);
    await pool().query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lockstep " +
        "access' AND datname = current_database()",
    );
    expect(await ended).toEqual(END);
  });
});

it("open sockets are checked again after a change between the check of the credentials and their opening", async () => {
  const { made } = await tokenSocket();
  const access = await openAccess();
  try {
    const since = access.now();
    await revoke(made.token.id, ADMIN);
    await expect.poll(() => access.now()).toBeGreaterThan(since);
    const grant = { kind: "token", id: made.token.id, role: "viewer", expires: null } as const;
    await new Promise<void>((resolve) => access.watch(grant, since, resolve));
  } finally {
    await access.close();
  }
});

it("sockets of a viewer and of a token of the environment receive events about access, without secrets", async () => {
  const [viewer, person] = [await somebody(), await somebody()];
  const [watching, scripted] = [await connect({ Cookie: viewer.cookie }), await connect(bearer(API_TOKEN))];
  const { secret, token } = await createToken(
    { name: "secret", role: "admin", expires_in_days: null },
    ADMIN,
  );
  const { token: invitation } = await invite({ email: "invited@example.com", role: "admin" }, ADMIN);
  const { token: reset } = await newResetLink(person.user.id, ADMIN);
  await changeUser(person.user.id, { role: "admin", disabled: true }, ADMIN);
  await revoke(token.id, ADMIN);
  await everybodyHears(watching, scripted);
  const heard = [...watching.heard, ...scripted.heard].join("\n");
  expect(heard).toContain("sync_status_changed");
  for (const hidden of [
    secret,
    invitation,
    reset,
    API_TOKEN,
    viewer.cookie,
    person.cookie,
    "invited@example.com",
    person.user.email,
  ])
    expect(heard).not.toContain(hidden);
});

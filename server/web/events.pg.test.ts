import { io, type Socket } from "socket.io-client";
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { provideEnv } from "../../config/env.ts";
import { EVENT_CHANNEL } from "../../lib/protocol/event.ts";
import { useDatabase } from "../queries/testing/use-database.ts";
import { pool } from "../store/pool.ts";
import { waitFor } from "../testing/wait-for.ts";
import { startEventServer } from "./testing/event-server.ts";
import { addPerson } from "./testing/people.ts";
import { API_TOKEN, CRON_SECRET } from "./testing/test-env.ts";

useDatabase();
let server: Awaited<ReturnType<typeof startEventServer>>;
let open: { close(): void }[];

beforeEach(async () => {
  server = await startEventServer();
  open = [];
});
afterEach(async () => {
  for (const client of open) client.close();
  await server.close();
});

const bearer = { Authorization: `Bearer ${API_TOKEN}` };
let viewer: string;
beforeAll(async () => {
  viewer = (await addPerson("viewer")).cookie;
});
const cookie = () => ({ Cookie: viewer });
const notify = (payload: string) => pool().query("SELECT pg_notify($1, $2)", [EVENT_CHANNEL, payload]);

/** An open WebSocket, with the messages that it received. */
async function connectWs(headers: Record<string, string>, path = "/ws/sync") {
  const client = new WebSocket(`ws://${server.host}${path}`, { headers });
  open.push(client);
  const messages: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  client.on("message", (data: Buffer, isBinary) => {
    expect(isBinary).toBe(false);
    const message: unknown = JSON.parse(data.toString());
    const next = waiting.shift();
    if (next) next(message);
    else messages.push(message);
  });
  await new Promise<void>((resolve, reject) => {
    client.once("open", resolve);
    client.once("unexpected-response", (_, response) => reject(new Error(String(response.statusCode))));
    client.once("error", reject);
  });
  const next = () =>
    messages.length > 0 ? Promise.resolve(messages.shift()) : new Promise((resolve) => waiting.push(resolve));
  return { client, next };
}

async function connectIo(options: {
  auth?: object;
  extraHeaders?: Record<string, string>;
  transports?: string[];
}): Promise<Socket> {
  const socket = io(`http://${server.host}`, {
    reconnection: false,
    transports: ["websocket"],
    forceNew: true,
    ...options,
  });
  open.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  return socket;
}

describe("/ws/sync", () => {
  it.each([
    ["a token", () => bearer],
    ["a session", cookie],
    ["a session on our own page", () => ({ ...cookie(), Origin: `http://${server.host}` })],
  ])("sends events to a client with %s", async (_, headers) => {
    const { next } = await connectWs(headers());
    await notify('{"event":"tasks_changed","source":"default","ids":["1","2"]}');
    expect(await next()).toEqual({
      event: "tasks_changed",
      source: "default",
      ids: ["1", "2"],
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
  });

  it.each([
    ["a client without credentials", () => ({}), "401"],
    ["a wrong token", () => ({ Authorization: "Bearer wrong" }), "401"],
    ["the cron secret", () => ({ Authorization: `Bearer ${CRON_SECRET}` }), "401"],
    ["a session on another site's page", () => ({ ...cookie(), Origin: "https://evil.example" }), "403"],
    ["another name for this host", () => ({ ...bearer, Host: "evil.example" }), "403"],
  ])("is closed to %s", async (_, headers, status) => {
    await expect(connectWs(headers())).rejects.toThrow(status);
  });

  it("is the only WebSocket besides Socket.IO's", async () => {
    await expect(connectWs(bearer, "/ws/other")).rejects.toThrow("404");
    await expect(connectWs(bearer, "/_next/hmr")).rejects.toThrow("404");
  });

  it("opens at most a client's share of sockets", async () => {
    provideEnv({ SOCKETS_PER_CLIENT: "2" });
    onTestFinished(() => provideEnv({ SOCKETS_PER_CLIENT: "" }));
    const first = await connectWs(bearer);
    await connectIo({ auth: { token: API_TOKEN } });
    await expect(connectWs(bearer)).rejects.toThrow("429");
    const gone = new Promise((resolve) => first.client.once("close", resolve));
    first.client.close();
    await gone;
    await waitFor(() => connectWs(bearer).catch(() => null), { what: "a socket in place of a closed one" });
  });

  it("survives a client that sends invalid frames", async () => {
    const bad = await connectWs(bearer);
    const good = await connectWs(bearer);
    const gone = new Promise((resolve) => bad.client.once("close", resolve));
    bad.client.send("x".repeat(100_000));
    await gone;
    await notify('{"event":"sync_status_changed"}');
    expect(await good.next()).toMatchObject({ event: "sync_status_changed" });
  });
});

describe("Socket.IO", () => {
  it.each([
    ["a token in the handshake", () => ({ auth: { token: API_TOKEN } })],
    ["a token in the header", () => ({ extraHeaders: bearer })],
    ["a session", () => ({ extraHeaders: cookie() })],
    ["a token, by polling", () => ({ auth: { token: API_TOKEN }, transports: ["polling"] })],
  ])("sends events under their names to a client with %s", async (_, options) => {
    const socket = await connectIo(options());
    const received = new Promise((resolve) => socket.once("sync_conflict_detected", resolve));
    const conflict_id = "00000000-0000-4000-8000-000000000000";
    await notify(
      JSON.stringify({ event: "sync_conflict_detected", source: "default", conflict_id, task_id: "1" }),
    );
    expect(await received).toEqual({
      source: "default",
      conflict_id,
      task_id: "1",
      timestamp: expect.any(String) as string,
    });
  });

  it.each([
    ["a client without credentials", () => ({}), /sign in/],
    ["a wrong token", () => ({ auth: { token: "wrong" } }), /not valid/],
    [
      "a wrong token and a good session",
      () => ({ auth: { token: "wrong" }, extraHeaders: cookie() }),
      /not valid/,
    ],
    [
      "a session on another site's page",
      () => ({ extraHeaders: { ...cookie(), Origin: "https://evil.example" } }),
      /another site/,
    ],
  ])("is closed to %s", async (_, options, message) => {
    await expect(connectIo(options())).rejects.toThrow(message);
  });
});

describe("the relay", () => {
  it("ignores notifications that are not events", async () => {
    const { next } = await connectWs(bearer);
    for (const payload of ["", "not json", "[]", '{"event":"shutdown"}', '{"event":"tasks_changed"}'])
      await notify(payload);
    await notify('{"event":"sync_status_changed","source":"default"}');
    expect(await next()).toMatchObject({ event: "sync_status_changed", source: "default" });
  });

  it("tells clients to fetch everything again after its connection was lost", async () => {
    const { next } = await connectWs(bearer);
    await pool().query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lockstep " +
        "listener' AND datname = current_database()",
    );
    expect(await next()).toMatchObject({ event: "sync_status_changed" });
    await notify('{"event":"tasks_changed","source":"default","ids":[]}');
    expect(await next()).toMatchObject({ event: "tasks_changed" });
  });

  it("sends an event to every client", async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => connectWs(bearer)));
    const socket = await connectIo({ auth: { token: API_TOKEN } });
    const received = new Promise((resolve) => socket.once("tasks_changed", resolve));
    await notify('{"event":"tasks_changed","source":"default","ids":["7"]}');
    const messages = await Promise.all([...clients.map((client) => client.next()), received]);
    for (const message of messages) expect(message).toMatchObject({ ids: ["7"] });
  });
});

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { knownError } from "../known-error.ts";
import { problemAnswer } from "../problem-answer.ts";
import type { RateLimit } from "../rate-limit.ts";
import type { EventConsumer } from "../../events/event-consumer.ts";
import { HEARTBEAT_MS, MAX_BUFFERED_BYTES } from "./limits.ts";
import type { OpenAccess } from "./open-access.ts";
import { socketIdentity, ticketGrant } from "./socket-actor.ts";

export const WS_PATH = "/ws/sync";
/** Our own close code: the credentials are not valid any more, so do not reconnect with them. */
const ACCESS_ENDED = 4401;

export interface WsSync extends EventConsumer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** The plain WebSocket. It sends JSON `{event, timestamp, ...}` and ignores what clients send. */
export function createWsSync(access: OpenAccess, limit: RateLimit | null = null): WsSync {
  const server = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false });
  const answered = new WeakSet<WebSocket>();
  server.on("connection", (client: WebSocket) => {
    answered.add(client);
    client.on("pong", () => answered.add(client));
    // A frame that is too large or broken ends this client, never the process.
    client.on("error", () => client.terminate());
  });
  const heartbeat = setInterval(() => {
    for (const client of server.clients) {
      if (!answered.delete(client)) client.terminate();
      else if (client.readyState === WebSocket.OPEN) client.ping();
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    upgrade(request, socket, head) {
      const since = access.now();
      const ticket = ticketOf(request);
      const identified =
        ticket === null ? socketIdentity(request.headers) : ticketGrant(request.headers, ticket);
      identified.then(
        ({ grant }) =>
          server.handleUpgrade(request, socket, head, (client) => {
            server.emit("connection", client, request);
            client.once(
              "close",
              access.watch(grant, since, () => client.close(ACCESS_ENDED, "signed out")),
            );
          }),
        (error: unknown) => {
          if (knownError(error)?.code === "unauthorized") void limit?.noteRefused(request);
          refuseUpgrade(socket, error);
        },
      );
    },
    send(event) {
      const data = Buffer.from(JSON.stringify(event));
      for (const client of server.clients) {
        if (client.readyState !== WebSocket.OPEN) continue;
        if (client.bufferedAmount > MAX_BUFFERED_BYTES) client.terminate();
        else client.send(data, { binary: false });
      }
    },
    close() {
      clearInterval(heartbeat);
      for (const client of server.clients) client.close(1001, "the server is stopping");
      server.close();
    },
  };
}

function ticketOf({ url = "" }: IncomingMessage): string | null {
  const at = url.indexOf("?");
  return at < 0 ? null : new URLSearchParams(url.slice(at)).get("ticket");
}

/** Answers an upgrade with the problem as plain HTTP, and closes the connection. */
export function refuseUpgrade(socket: Duplex, error: unknown): void {
  const known = knownError(error);
  if (!known) return void socket.destroy();
  const { status, headers, body } = problemAnswer(known);
  const lines = Object.entries({
    ...headers,
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
  });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}` +
      `\r\n${body}`,
  );
}

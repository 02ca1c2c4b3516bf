import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { Duplex } from "node:stream";
import { Server } from "socket.io";
import { env } from "../../../config/env.ts";
import { LockstepError } from "../../../lib/errors.ts";
import type { Grant } from "../../access/grant.ts";
import { SOCKET_IO_PATH } from "../front.ts";
import { knownError } from "../known-error.ts";
import type { RateLimit } from "../rate-limit.ts";
import type { EventConsumer } from "../../events/event-consumer.ts";
import { HEARTBEAT_MS, MAX_BUFFERED_BYTES } from "./limits.ts";
import type { OpenAccess } from "./open-access.ts";
import { requireExpectedHost, socketIdentity } from "./socket-actor.ts";

/** The parts of an Engine.IO client that show how much data waits for it. */
interface EngineClient {
  transport: { name: string; socket?: { bufferedAmount?: number } };
  writeBuffer: unknown[];
  close(discard?: boolean): void;
}
const MAX_WAITING_PACKETS = 1_000;

/** Milliseconds after which a client without credentials is disconnected. */
const CONNECT_MS = 10_000;

interface SocketData {
  grant: Grant | undefined;
  since: number;
}

export interface SocketIo extends EventConsumer {
  /** Handles its polling requests and upgrades, after the checks that apply to all requests. */
  request: RequestListener;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Socket.IO: `emit(event, {timestamp, ...})` to every client. */
export function createSocketIo(access: OpenAccess, limit: RateLimit | null = null): SocketIo {
  // Socket.IO would handle a server's requests before our checks, so it gets a server that never listens.
  const http = createServer();
  const origins = env().CORS_ORIGINS.map((origin) => new URL(origin).origin);
  const io = new Server(http, {
    path: SOCKET_IO_PATH,
    serveClient: false,
    // Upgrades for other paths are handled elsewhere.
    destroyUpgrade: false,
    maxHttpBufferSize: 16 * 1024,
    pingInterval: HEARTBEAT_MS,
    connectTimeout: CONNECT_MS,
    ...(origins.length > 0 ? { cors: { origin: origins, credentials: true } } : {}),
    allowRequest: (request, done) => {
      try {
        requireExpectedHost(request.headers);
        done(null, true);
      } catch {
        done("this name is not expected", false);
      }
    },
  });
  io.use((socket, next) => {
    const { token } = socket.handshake.auth as { token?: unknown };
    const since = access.now();
    socketIdentity(socket.handshake.headers, token).then(
      ({ grant }) => {
        socket.data = { grant, since } satisfies SocketData;
        next();
      },
      (error: unknown) => {
        const known = knownError(error) ?? new LockstepError("internal", "something went wrong here");
        if (known.code === "unauthorized") void limit?.noteRefused(socket.request);
        next(Object.assign(new Error(known.message), { data: { code: known.code } }));
      },
    );
  });
  io.on("connection", (socket) => {
    const { grant, since } = socket.data as SocketData;
    socket.on("error", () => socket.disconnect(true));
    socket.on(
      "disconnect",
      access.watch(grant, since, () => socket.disconnect(true)),
    );
  });

  const slow = setInterval(() => dropSlowClients(io), HEARTBEAT_MS);
  slow.unref();
  return {
    request: (request, response) => void http.emit("request", request, response),
    upgrade: (request, socket, head) => void http.emit("upgrade", request, socket, head),
    send({ event, ...rest }) {
      io.emit(event, rest);
    },
    close() {
      clearInterval(slow);
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

function dropSlowClients(io: Server): void {
  const clients = Object.values((io.engine as unknown as { clients: Record<string, EngineClient> }).clients);
  for (const client of clients) {
    const buffered = client.transport.socket?.bufferedAmount ?? 0;
    if (buffered > MAX_BUFFERED_BYTES || client.writeBuffer.length > MAX_WAITING_PACKETS) client.close(true);
  }
}

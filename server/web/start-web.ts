import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";
import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import { logger } from "../log.ts";
import { type Behind, front, pathOf } from "./front.ts";
import { relayEvents } from "./relay-events.ts";
import { createSocketIo, SOCKET_IO_PATH } from "./sockets/socket-io.ts";
import { createWsSync, refuseUpgrade, WS_PATH } from "./sockets/ws-sync.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** Time that open requests are given to end when the server stops. */
const GRACE_MS = 5_000;

export interface Web {
  /** Where a browser on this machine finds it, `http://127.0.0.1:3000`. */
  address: string;
  close(): Promise<void>;
}

/** Serves pages, API and events until closed. Answers from the first moment, in full once it resolves. */
export async function startWeb({ dev }: { dev: boolean }): Promise<Web> {
  const log = logger("web");
  let behind: ReturnType<Behind> = null;
  let hotReload: ((request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>) | null = null;
  const server = createServer(front(() => behind, { dev, onError: (error) => log.error({ err: error }, "request failed") }));
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  // Longer than the 60 s after which common proxies let go, so that it is they who close.
  server.keepAliveTimeout = 65_000;

  const sockets = createWsSync();
  const io = createSocketIo(server);
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const pathname = pathOf(request);
    if (pathname === WS_PATH) sockets.upgrade(request, socket, head);
    else if (pathname.startsWith(`${SOCKET_IO_PATH}/`)) return;
    else if (hotReload && pathname.startsWith("/_next/")) void hotReload(request, socket, head);
    else refuseUpgrade(socket, new LockstepError("not_found", `no WebSocket here, only at ${WS_PATH}`));
  });

  await listening(server);
  const relay = await relayEvents([sockets, io]);
  const { HOST, PORT } = env();
  // Next adds an upgrade listener of its own to the server it is given; this one is never listened on.
  const app = next({ dev, dir: ROOT, hostname: HOST, port: PORT, httpServer: createServer() });
  await app.prepare();
  behind = app.getRequestHandler();
  if (dev) hotReload = app.getUpgradeHandler();

  return {
    address: addressOf(server, HOST),
    async close() {
      await relay.close();
      sockets.close();
      io.close();
      await ended(server);
      await app.close();
    },
  };
}

function listening(server: Server): Promise<void> {
  const { HOST, PORT } = env();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function ended(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function addressOf(server: Server, host: string): string {
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : env().PORT;
  const everywhere = host === "0.0.0.0" || host === "::" || host === "";
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

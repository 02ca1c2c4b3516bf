import { createServer, type Server } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";
import { env } from "../../config/env.ts";
import { logger } from "../log.ts";
import { trackConnections } from "./connections.ts";
import { type Behind, front } from "./front.ts";
import { rateLimit } from "./rate-limit.ts";
import { relayEvents } from "./relay-events.ts";
import { openAccess } from "./sockets/open-access.ts";
import { createSocketIo } from "./sockets/socket-io.ts";
import { routeUpgrades, type UpgradeHandler } from "./sockets/route-upgrades.ts";
import { createWsSync } from "./sockets/ws-sync.ts";

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
  let hotReload: UpgradeHandler | null = null;
  const { HOST, PORT, SYNC_WAIT_MS } = env();
  const limit = rateLimit();
  const access = await openAccess();
  const sockets = createWsSync(access, limit);
  const io = createSocketIo(access, limit);
  const onError = (error: unknown) => log.error({ err: error }, "request failed");
  // Whoever sends a header or a body by drops is let go: looked for every few seconds.
  const timeouts = { headersTimeout: 15_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };
  const server = createServer(
    timeouts,
    front(() => behind, { dev, onError, limit, socketIo: io.request }),
  );
  // So is whoever does not read its answer. A write may wait for its run in silence.
  server.timeout = Math.max(120_000, SYNC_WAIT_MS + 30_000);
  // Longer than the 60 s after which common proxies let go, so that it is they who close.
  server.keepAliveTimeout = 65_000;

  const connections = trackConnections(server);
  routeUpgrades(server, { ws: sockets, io, hotReload: () => hotReload, limit });

  await listening(server);
  const relay = await relayEvents([sockets, io]);
  // Next adds an upgrade listener of its own to the server it is given, and would end our sockets. This
  // one never listens; in development the upgrades that are Next's are handed to it.
  const nextsOwn = createServer();
  const app = next({ dev, dir: ROOT, hostname: HOST, port: PORT, httpServer: nextsOwn });
  await app.prepare();
  behind = app.getRequestHandler();
  if (dev) hotReload = (request, socket, head) => nextsOwn.emit("upgrade", request, socket, head);

  return {
    address: addressOf(server, HOST),
    async close() {
      await Promise.all([relay.close(), access.close()]);
      sockets.close();
      io.close();
      await connections.end(dev ? 0 : GRACE_MS);
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

function addressOf(server: Server, host: string): string {
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : env().PORT;
  const everywhere = host === "0.0.0.0" || host === "::" || host === "";
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

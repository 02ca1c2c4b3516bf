import { createServer, type Server } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";
import { env } from "../../config/env.ts";
import { logger } from "../log.ts";
import { answerApi } from "./answer-api.ts";
import { trackConnections } from "./connections.ts";
import { type Behind, front } from "./front.ts";
import { rateLimit } from "./rate-limit.ts";
import { consumeEvents } from "../events/consume-events.ts";
import { openAccess } from "./sockets/open-access.ts";
import { createSocketIo } from "./sockets/socket-io.ts";
import { routeUpgrades, type UpgradeHandler } from "./sockets/route-upgrades.ts";
import { staticFiles } from "./static-files.ts";
import { createWsSync } from "./sockets/ws-sync.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** The scripts, styles and fonts of a build. */
const STATIC = join(ROOT, ".next", "static");
/** Milliseconds that open requests get to finish when the server stops. */
const GRACE_MS = 5_000;

export interface Web {
  /** The address for a browser on this machine, such as `http://127.0.0.1:3000`. */
  address: string;
  close(): Promise<void>;
}

/**
 * Serves pages, API and events until it is closed. It answers from the first moment, and completely once the
 * promise resolves.
 */
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
  // Close connections whose headers or body do not arrive in time; they are checked every few seconds.
  const timeouts = { headersTimeout: 15_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };
  const server = createServer(
    timeouts,
    front(() => behind, { dev, onError, limit, socketIo: io.request }),
  );
  // A connection whose client does not read the answer is closed too. A write may wait silently for its run.
  server.timeout = Math.max(120_000, SYNC_WAIT_MS + 30_000);
  // Common proxies close idle connections after 60 s. A longer time lets the proxy close first.
  server.keepAliveTimeout = 65_000;

  const connections = trackConnections(server);
  routeUpgrades(server, { ws: sockets, io, hotReload: () => hotReload, limit });

  await listening(server);
  const relay = await consumeEvents([sockets, io]);
  // Next adds its own upgrade listener to its server, which would end our sockets. So it gets a server that
  // never listens. In development, Next's own upgrades are passed to it.
  const nextsOwn = createServer();
  const app = next({ dev, dir: ROOT, hostname: HOST, port: PORT, httpServer: nextsOwn });
  await app.prepare();
  behind = {
    api: answerApi(),
    pages: app.getRequestHandler(),
    ...(dev ? {} : { files: staticFiles(STATIC) }),
  };
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

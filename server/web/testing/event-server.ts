import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { front } from "../front.ts";
import { rateLimit } from "../rate-limit.ts";
import { consumeEvents } from "../../events/consume-events.ts";
import { openAccess } from "../sockets/open-access.ts";
import { routeUpgrades } from "../sockets/route-upgrades.ts";
import { createSocketIo } from "../sockets/socket-io.ts";
import { createWsSync } from "../sockets/ws-sync.ts";

/** The events part of the web server, without Next. */
export async function startEventServer(): Promise<{ host: string; close(): Promise<void> }> {
  const limit = rateLimit();
  const access = await openAccess();
  const sockets = createWsSync(access, limit);
  const io = createSocketIo(access, limit);
  const server = createServer(
    front(() => null, { dev: false, onError: () => undefined, limit, socketIo: io.request }),
  );
  routeUpgrades(server, { ws: sockets, io, hotReload: () => null, limit });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const relay = await consumeEvents([sockets, io]);
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await Promise.all([relay.close(), access.close()]);
      sockets.close();
      io.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { LockstepError } from "../../../lib/errors.ts";
import { noteClientAddress } from "../client-address.ts";
import { pathOf } from "../front.ts";
import { SOCKET_IO_PATH } from "./socket-io.ts";
import { refuseUpgrade, WS_PATH, type WsSync } from "./ws-sync.ts";

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Tells upgrades apart by path. `hotReload` is Next's in development, else null. */
export function routeUpgrades(server: Server, sockets: WsSync, hotReload: () => UpgradeHandler | null): void {
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that goes away in the middle ends its own connection only.
    socket.on("error", () => socket.destroy());
    noteClientAddress(request);
    const pathname = pathOf(request);
    const reload = hotReload();
    if (pathname === WS_PATH) sockets.upgrade(request, socket, head);
    // Socket.IO listens for its own.
    else if (pathname.startsWith(`${SOCKET_IO_PATH}/`)) return;
    else if (reload && pathname.startsWith("/_next/")) reload(request, socket, head);
    else refuseUpgrade(socket, new LockstepError("not_found", `no WebSocket here, only at ${WS_PATH}`));
  });
}

import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { env } from "../../../config/env.ts";
import { LockstepError } from "../../../lib/errors.ts";
import { clientKey } from "../../access/client-key.ts";
import { clientAddress, noteClientAddress } from "../client-address.ts";
import { SOCKET_IO_PATH } from "../front.ts";
import type { RateLimit } from "../rate-limit.ts";
import { pathOf } from "../refuse-request.ts";
import type { SocketIo } from "./socket-io.ts";
import { refuseUpgrade, WS_PATH, type WsSync } from "./ws-sync.ts";

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface UpgradeTargets {
  ws: WsSync;
  io: SocketIo;
  /** Next's own handler in development; null otherwise. */
  hotReload(): UpgradeHandler | null;
  limit: RateLimit | null;
}

/** Routes upgrades by path, and limits the sockets of each client. */
export function routeUpgrades(server: Server, { ws, io, hotReload, limit }: UpgradeTargets): void {
  const open = new Map<string, number>();
  const route = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    noteClientAddress(request);
    const problem =
      (await limit?.refuse(request)) ?? countSocket(open, clientKey(clientAddress(request)), socket);
    if (problem) return refuseUpgrade(socket, problem);
    const pathname = pathOf(request);
    const reload = hotReload();
    if (pathname === WS_PATH) ws.upgrade(request, socket, head);
    else if (pathname.startsWith(`${SOCKET_IO_PATH}/`)) io.upgrade(request, socket, head);
    else if (reload && pathname.startsWith("/_next/")) reload(request, socket, head);
    else
      refuseUpgrade(socket, new LockstepError("not_found", `there is no WebSocket here, only at ${WS_PATH}`));
  };
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // An error of a client's connection ends only that connection.
    socket.on("error", () => socket.destroy());
    route(request, socket, head).catch(() => socket.destroy());
  });
}

function countSocket(open: Map<string, number>, client: string, socket: Duplex): LockstepError | null {
  const most = env().SOCKETS_PER_CLIENT;
  const count = open.get(client) ?? 0;
  if (count >= most)
    return new LockstepError(
      "too_many_requests",
      `${most} sockets are open from your address; close one first`,
      { retry_after: 10 },
    );
  open.set(client, count + 1);
  socket.once("close", () => {
    const left = (open.get(client) ?? 1) - 1;
    if (left > 0) open.set(client, left);
    else open.delete(client);
  });
  return null;
}

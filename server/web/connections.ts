import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Knows every connection of the server, also those that became WebSockets: Node's own
 * `closeAllConnections` forgets them, and `close` would wait for them for ever.
 */
export function trackConnections(server: Server): { end(graceMs: number): Promise<void> } {
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return {
    /** Takes no new connections, lets those in use finish, and cuts off what is left after the grace. */
    end: (graceMs) =>
      new Promise((resolve) => {
        const force = setTimeout(() => open.forEach((socket) => socket.destroy()), graceMs);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

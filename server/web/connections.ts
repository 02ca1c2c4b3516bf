import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Tracks every connection of the server, including WebSockets. Node's own `closeAllConnections` does not know
 * upgraded connections, and `close` would wait for them forever.
 */
export function trackConnections(server: Server): { end(graceMs: number): Promise<void> } {
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return {
    /** Accepts no new connections, lets requests finish, and closes the rest after the grace period. */
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

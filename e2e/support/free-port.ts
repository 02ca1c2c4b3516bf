import { createServer } from "node:net";

/** Below the ports that systems give to outgoing connections, which could take one before its server does. */
const [LOWEST, COUNT] = [20_000, 10_000];

/** A port that is free at this moment, and that no other test is likely to choose in the next. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

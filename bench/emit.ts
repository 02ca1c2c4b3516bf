import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { provideEnv } from "../config/env.ts";
import { EVENT_CHANNEL } from "../lib/protocol/event.ts";
import { closePool, pool } from "../server/store/pool.ts";
import { consumeEvents } from "../server/events/consume-events.ts";
import { openAccess } from "../server/web/sockets/open-access.ts";
import { routeUpgrades } from "../server/web/sockets/route-upgrades.ts";
import { createSocketIo } from "../server/web/sockets/socket-io.ts";
import { createWsSync } from "../server/web/sockets/ws-sync.ts";
import type { Cluster } from "./cluster.ts";
import { type Measured, summary } from "./measure.ts";
import { milliseconds, type Row, scalarRow } from "./table.ts";

const TOKEN = "f3b1c95a7de24086b9e1d47a52c80f6e";

/**
 * Measures the time from a committed NOTIFY to the last of many clients, over the web server's own sockets.
 */
export async function benchEmit(
  cluster: Cluster,
  counts: readonly number[],
  repetitions: number,
): Promise<Row[]> {
  provideEnv({
    DATABASE_URL: await cluster.createDatabase(),
    API_TOKEN: TOKEN,
    AUTH_SECRET: TOKEN,
    SOCKETS_PER_CLIENT: "100000",
  });
  const access = await openAccess();
  const [ws, io] = [createWsSync(access), createSocketIo(access)];
  const server = createServer(io.request);
  routeUpgrades(server, { ws, io, hotReload: () => null, limit: null });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const relay = await consumeEvents([ws, io]);
  const rows: Row[] = [];
  try {
    for (const kind of ["ws", "Socket.IO"]) {
      for (const count of counts) {
        const { median, max } = await emitTo(kind, count, address, repetitions);
        rows.push(
          scalarRow(
            `emit to ${count.toLocaleString("en")} ${kind} clients, until the last has it`,
            "",
            `${milliseconds(median)} (at most ${milliseconds(max)})`,
          ),
        );
      }
    }
  } finally {
    await Promise.all([relay.close(), access.close()]);
    ws.close();
    io.close();
    server.closeAllConnections();
    server.close();
    await closePool();
  }
  return rows;
}

async function emitTo(kind: string, count: number, address: string, repetitions: number): Promise<Measured> {
  const clients = fork(
    fileURLToPath(new URL("./emit-clients.ts", import.meta.url)),
    [kind, address, TOKEN, String(count)],
    { execArgv: ["--import", "tsx"] },
  );
  try {
    await once(clients, "message");
    const times: number[] = [];
    for (let i = -3; i < repetitions; i += 1) {
      const all = once(clients, "message") as Promise<[{ at: number }]>;
      const started = performance.timeOrigin + performance.now();
      await pool().query("SELECT pg_notify($1, $2)", [
        EVENT_CHANNEL,
        JSON.stringify({ event: "tasks_changed", source: "default", ids: ["1", "2", "3"] }),
      ]);
      const [{ at }] = await all;
      if (i >= 0) times.push(at - started);
    }
    return summary(times);
  } finally {
    clients.kill();
  }
}

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Cluster } from "./cluster.ts";
import { cpuOf, memoryOf } from "./process-cost.ts";
import { generateSchedule } from "./schedule.ts";
import { BEARER, ServerProcess } from "./server-process.ts";
import { milliseconds, type Row, scalarRow, verdictOf } from "./table.ts";

const MOST_OF_FLOOR = 3;
const IDLE_MS = 30_000;
const READS = {
  "list of 50 tasks": "/api/tasks?limit=50",
  "one task": "/api/tasks/7",
  status: "/api/sync/status",
};

/** Measures what a web process costs: its start, its memory, a request for the common reads, and doing nothing. */
export async function benchReads(
  cluster: Cluster,
  sizes: readonly number[],
  requests: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const count = size.toLocaleString("en");
    const server = await ServerProcess.start(cluster, `reads-${size}`, generateSchedule(size), {
      probed: false,
    });
    await server.settled(size);
    const again = await server.restarted();
    rows.push(scalarRow("built, start to ready", count, `${(again / 1000).toFixed(1)} s`));
    const floor = await startFloor(server.databaseUrl);
    rows.push(...(await benchRequests(server, floor, count, requests)));
    const before = await cpuOf(server.pid);
    await delay(IDLE_MS);
    const idle = ((await cpuOf(server.pid)) - before) * (60_000 / IDLE_MS);
    rows.push(scalarRow("CPU of a minute at rest", count, milliseconds(idle)));
    const memory = await memoryOf(server.pid);
    rows.push(
      scalarRow("memory at rest (PSS), web and worker in one", count, `${Math.round(memory / 2 ** 20)} MB`),
    );
    floor.child.disconnect();
    await server.stop();
  }
  return rows;
}

interface FloorProcess {
  child: ChildProcess;
  port: number;
}

async function startFloor(databaseUrl: string): Promise<FloorProcess> {
  const child = fork(fileURLToPath(new URL("./floor-server.mjs", import.meta.url)), {
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  const [port] = (await once(child, "message")) as [number];
  return { child, port };
}

/** CPU of a request, the two servers in turns, one request at a time on a connection that is kept. */
async function benchRequests(
  server: ServerProcess,
  floor: FloorProcess,
  size: string,
  requests: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  const ports = { ours: Number(new URL(server.address).port), floor: floor.port };
  for (const [name, path] of Object.entries(READS)) {
    const costs = { ours: 0, floor: 0 };
    for (let round = 0; round < 3; round += 1) {
      for (const side of ["floor", "ours"] as const) {
        const pid = side === "ours" ? server.pid : (floor.child.pid ?? 0);
        const before = await cpuOf(pid);
        await ask(ports[side], path, requests);
        // The first round warms up.
        if (round > 0) costs[side] += ((await cpuOf(pid)) - before) / requests / 2;
      }
    }
    const ratio = costs.ours / costs.floor;
    rows.push({
      ...scalarRow(`GET ${name}: CPU of a request`, size, milliseconds(costs.ours)),
      floor: milliseconds(costs.floor),
      ratioFloor: `${ratio.toFixed(1)}x`,
      target: `at most ${MOST_OF_FLOOR}x the floor`,
      verdict: verdictOf([ratio <= MOST_OF_FLOOR]),
    });
  }
  return rows;
}

async function ask(port: number, path: string, requests: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let i = 0; i < requests; i += 1) {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ agent, port, host: "127.0.0.1", path, headers: BEARER }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode));
      })
        .on("error", reject)
        .end();
    });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
  }
  agent.destroy();
}

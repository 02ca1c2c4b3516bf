import { watch } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { Baseline } from "./baseline.ts";
import { type Cluster, withoutTriggers } from "./cluster.ts";
import { quantile, summary } from "./measure.ts";
import { generateSchedule, retriesOf, withRetries } from "./schedule.ts";
import { ServerProcess } from "./server-process.ts";
import { milliseconds, type Row, scalarRow, verdictOf } from "./table.ts";

const TASKS = 1_000;
const CLIENTS = 64;

/**
 * Measures the time from a saved file to the event at a client, and from a committed UPDATE to the file on
 * disk.
 */
async function benchLatency(server: ServerProcess, repetitions: number): Promise<Row[]> {
  const events = await server.events();
  const database = new pg.Client({ connectionString: server.databaseUrl });
  await database.connect();
  const [toEvent, toFile]: [number[], number[]] = [[], []];
  for (let i = -3; i < repetitions; i += 1) {
    const [id, retries] = [1 + (((i + 3) * 37) % TASKS), 100 + i + 3];
    const text = withRetries(
      await readFile(server.schedule, "utf8"),
      [id],
      retries,
      new Date().toISOString(),
    );
    const seen = events.next(
      ({ event, ids }) => event === "tasks_changed" && (ids as string[]).includes(String(id)),
    );
    await writeFile(`${server.schedule}.new`, text);
    const saved = performance.now();
    await rename(`${server.schedule}.new`, server.schedule);
    await seen;
    if (i >= 0) toEvent.push(performance.now() - saved);

    const written = fileSays(server.schedule, id, retries + 1_000);
    const committed = performance.now();
    await database.query("UPDATE tasks SET params = jsonb_set(params, '{retries}', $2) WHERE id = $1", [
      String(id),
      String(retries + 1_000),
    ]);
    await written;
    if (i >= 0) toFile.push(performance.now() - committed);
    await delay(50);
  }
  events.close();
  await database.end();
  const row = (name: string, times: number[]) => {
    const { median, max } = summary(times);
    return {
      ...scalarRow(
        name,
        TASKS.toLocaleString("en"),
        `${milliseconds(median)} (at most ${milliseconds(max)})`,
      ),
      target: "within a second",
      verdict: verdictOf([max < 1_000]),
    };
  };
  return [
    row("file saved to event at a client (200 ms of it debounce)", toEvent),
    row("SQL UPDATE to file written", toFile),
  ];
}

/** Resolves when the file has these `retries`. */
function fileSays(path: string, id: number, retries: number): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(dirname(path), () => {
      void readFile(path, "utf8").then((text) => {
        if (retriesOf(text, id) !== retries) return;
        watcher.close();
        resolve();
      });
    });
  });
}

/** Many clients patch a task each, and wait until the edit is in the file. */
async function benchPatches(server: ServerProcess, cluster: Cluster, each: number): Promise<Row[]> {
  await patchRound(server, 1, 10);
  const { rate, latencies } = await patchRound(server, each, 1_000);
  const baselineRate = await baselinePatches(cluster);
  const gain = rate / baselineRate;
  return [
    {
      ...scalarRow(
        `${CLIENTS} clients patch a task each, answered when in the file`,
        TASKS.toLocaleString("en"),
        `${rate.toFixed(0)}/s (p50 ${milliseconds(quantile(latencies, 0.5))})`,
      ),
      baseline: `${baselineRate.toFixed(1)}/s`,
      ratioBaseline: `${gain.toFixed(0)}x`,
      target: "10x the baseline's rate",
      verdict: verdictOf([gain >= 10]),
    },
  ];
}

async function patchRound(
  server: ServerProcess,
  each: number,
  base: number,
): Promise<{ rate: number; latencies: number[] }> {
  const latencies: number[] = [];
  const wanted = new Map<number, number>();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let i = 0; i < each; i += 1) {
        const [id, retries] = [1 + client * 15, base + client * each + i];
        const sent = performance.now();
        const { sync } = await server.patch(id, { params: { retries } });
        latencies.push(performance.now() - sent);
        if (sync.state !== "synced") throw new Error(`the edit of task ${id} is ${sync.state}`);
        wanted.set(id, retries);
      }
    }),
  );
  const took = performance.now() - started;
  const text = await readFile(server.schedule, "utf8");
  for (const [id, retries] of wanted)
    if (retriesOf(text, id) !== retries) throw new Error(`the edit of task ${id} is not in the file`);
  return { rate: (CLIENTS * each * 1_000) / took, latencies: latencies.sort((a, b) => a - b) };
}

async function baselinePatches(cluster: Cluster): Promise<number> {
  const baseline = new Baseline(
    await withoutTriggers(await cluster.createDatabase()),
    join(cluster.folder, "baseline-patches.yml"),
  );
  await baseline.seed(generateSchedule(TASKS));
  const times: number[] = [];
  for (let i = 0; i < 8; i += 1) {
    const started = performance.now();
    await baseline.patch(1 + i * 15, { retries: 1_000 + i });
    if (i > 2) times.push(performance.now() - started);
  }
  await baseline.close();
  return 1_000 / summary(times).median;
}

/** Measures the delays of the event loops while a large file is imported into a running server. */
export async function benchStall(cluster: Cluster, size: number): Promise<Row[]> {
  const server = await ServerProcess.start(cluster, `stall-${size}`, generateSchedule(10));
  try {
    const events = await server.events();
    const done = events.next(
      ({ event, counts }) =>
        event === "sync_run_finished" && (counts as { created: number }).created > size / 2,
    );
    await writeFile(`${server.schedule}.new`, generateSchedule(size));
    // The first requests after a start load the code that serves them.
    for (let i = 0; i < 20; i += 1) await fetch(`${server.address}/api/health`);
    server.resetLoopDelay();
    const pings: number[] = [];
    const pinging = ping(server, pings, done);
    await rename(`${server.schedule}.new`, server.schedule);
    await done;
    const { web, worker } = await server.loopDelay();
    await pinging;
    events.close();
    const row = (name: string, value: string) => scalarRow(name, size.toLocaleString("en"), value);
    const sorted = pings.sort((a, b) => a - b);
    return [
      {
        ...row(
          "event-loop delay of the web thread during import, p99",
          `${milliseconds(web.p99)} (at most ${milliseconds(web.max)})`,
        ),
        target: "under 50 ms",
        verdict: verdictOf([web.p99 < 50]),
      },
      row(
        "event-loop delay of the worker's thread during import, p99",
        `${milliseconds(worker.p99)} (at most ${milliseconds(worker.max)})`,
      ),
      row(
        "GET /api/health during import, p99",
        `${milliseconds(quantile(sorted, 0.99))} (at most ${milliseconds(sorted.at(-1) ?? NaN)})`,
      ),
    ];
  } finally {
    await server.stop();
  }
}

async function ping(server: ServerProcess, times: number[], until: Promise<unknown>): Promise<void> {
  let over = false;
  void until.then(() => (over = true));
  while (!over) {
    const sent = performance.now();
    await (await fetch(`${server.address}/api/health`)).text();
    times.push(performance.now() - sent);
    await delay(20);
  }
}

export async function benchLive(cluster: Cluster, quick: boolean): Promise<Row[]> {
  const server = await ServerProcess.start(cluster, "live", generateSchedule(TASKS));
  try {
    return [
      ...(await benchLatency(server, quick ? 5 : 20)),
      ...(await benchPatches(server, cluster, quick ? 2 : 8)),
    ];
  } finally {
    await server.stop();
  }
}

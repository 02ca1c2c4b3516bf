import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cluster } from "./cluster.ts";
import { copyPull, pageAddresses, upsertPull } from "./pull-contenders.ts";
import { familyList, pagesList } from "./pull-lists.ts";
import { PullStage } from "./pull-stage.ts";
import { ServerProcess } from "./server-process.ts";
import { milliseconds, type Row, scalarRow, verdictOf } from "./table.ts";
import { UpstreamProcess } from "./upstream-process.ts";

const [MOST_OF_FLOOR, TIMES_NAIVE, MOST_MB] = [3, 15, 150];
const CONCURRENCY = 8;
const MB = 2 ** 20;
/** The simple way is measured on so many objects, and its time multiplied: it takes minutes for 100 000. */
const NAIVE_OBJECTS = 2_000;
const FORCED = 64;
/** All that come while a pull is under way share the next one, and they come as quickly as the server answers them. */
const MOST_PULLS = 8;

/** What pulling from another system costs, through a worker of its own process, beside the floor and the simple way. */
export async function benchPulls(cluster: Cluster, quick: boolean): Promise<Row[]> {
  const upstream = await UpstreamProcess.start();
  try {
    const rows: Row[] = [];
    for (const objects of quick ? [10_000] : [10_000, 100_000, 300_000])
      rows.push(...(await benchPages(cluster, upstream, objects)));
    rows.push(await benchFamily(cluster, upstream), await benchForced(cluster, upstream));
    return rows;
  } finally {
    upstream.stop();
  }
}

async function benchPages(cluster: Cluster, upstream: UpstreamProcess, objects: number): Promise<Row[]> {
  await upstream.become({ objects, generation: 0 });
  const stage = await PullStage.start(cluster, `pull-${objects}`, pagesList(upstream.origin, CONCURRENCY));
  try {
    const addresses = pageAddresses(upstream.origin, objects);
    const first = await stage.firstPulls();
    const floor = await copyPull(stage.databaseUrl, addresses, 1);
    const naive =
      (await upsertPull(stage.databaseUrl, addresses.slice(0, NAIVE_OBJECTS / 100))) *
      (objects / NAIVE_OBJECTS);
    await upstream.become({ generation: 1 });
    const changed = await stage.pull("objects");
    const still = await stage.pull("objects");
    return [
      firstRow(objects, first, floor, naive),
      plainRow("incremental pull, 1 % changed", objects, milliseconds(changed)),
      plainRow("incremental pull, nothing changed", objects, milliseconds(still)),
      memoryRow(objects, stage.peakOfStart),
    ];
  } finally {
    await stage.stop();
  }
}

function firstRow(objects: number, ours: number, floor: number, naive: number): Row {
  const [cost, gain] = [ours / floor, naive / ours];
  return {
    ...plainRow("first pull, pages of 100", objects, milliseconds(ours)),
    baseline: milliseconds(naive),
    ratioBaseline: `${gain >= 10 ? Math.round(gain) : gain.toFixed(1)}x`,
    floor: milliseconds(floor),
    ratioFloor: `${cost.toFixed(1)}x`,
    target: `${TIMES_NAIVE}x quicker than an upsert each; at most ${MOST_OF_FLOOR}x the floor`,
    verdict: verdictOf([cost <= MOST_OF_FLOOR, gain >= TIMES_NAIVE]),
  };
}

function memoryRow(objects: number, peak: number): Row {
  return {
    ...plainRow(
      "memory of the worker in a first pull, at its peak (PSS)",
      objects,
      `${Math.round(peak / MB)} MB`,
    ),
    target: `under ${MOST_MB} MB`,
    verdict: verdictOf([peak < MOST_MB * MB]),
  };
}

/** Four types, of which the last hangs from 10 000 parents: a request for each of them. */
async function benchFamily(cluster: Cluster, upstream: UpstreamProcess): Promise<Row> {
  const stage = await PullStage.start(cluster, "pull-family", familyList(upstream.origin, CONCURRENCY));
  try {
    const ours = await stage.firstPulls();
    const addresses = [
      ...["directories", "projects"].map((type) => `${upstream.origin}/${type}`),
      ...Array.from({ length: 1_000 }, (_, n) => `${upstream.origin}/projects/${n}/phases`),
      ...Array.from({ length: 10_000 }, (_, n) => `${upstream.origin}/phases/${n}/elevations`),
    ];
    const floor = await copyPull(stage.databaseUrl, addresses, CONCURRENCY);
    return {
      ...plainRow("first pull of four types, 11 000 lists", 41_010, milliseconds(ours)),
      floor: milliseconds(floor),
      ratioFloor: `${(ours / floor).toFixed(1)}x`,
      target: `at most ${MOST_OF_FLOOR}x the floor`,
      verdict: verdictOf([ours <= floor * MOST_OF_FLOOR]),
    };
  } finally {
    await stage.stop();
  }
}

/** Many clients that force the same source at once, through the server over HTTP. */
async function benchForced(cluster: Cluster, upstream: UpstreamProcess): Promise<Row> {
  await upstream.become({ objects: 10_000, generation: 0 });
  const folder = join(cluster.folder, "forced-sources");
  await mkdir(folder, { recursive: true });
  const list = join(folder, "sources.yml");
  await writeFile(list, pagesList(upstream.origin, CONCURRENCY));
  const server = await ServerProcess.start(cluster, "forced", "tasks: []\n", {
    probed: false,
    env: { SOURCES_FILE: list, SCHEDULE_FILE: "" },
  });
  try {
    await server.sync("objects");
    await upstream.takeRequests();
    const alone = await timed(() => server.sync("objects"));
    const ofOne = await upstream.takeRequests();
    const together = await timed(() =>
      Promise.all(Array.from({ length: FORCED }, () => server.sync("objects"))),
    );
    const pulls = (await upstream.takeRequests()) / ofOne;
    return {
      ...plainRow(
        `${FORCED} forced syncs of a source at once`,
        10_000,
        `${milliseconds(together)}, ${pulls} pulls`,
      ),
      floor: `${milliseconds(alone)} for one`,
      ratioFloor: `${(together / alone).toFixed(1)}x`,
      target: `at most ${MOST_PULLS} pulls`,
      verdict: verdictOf([pulls <= MOST_PULLS]),
    };
  } finally {
    await server.stop();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const plainRow = (operation: string, objects: number, value: string): Row =>
  scalarRow(operation, objects.toLocaleString("en"), value);

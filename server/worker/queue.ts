import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Logger as GraphileLogger, run, type Runner, type TaskList } from "graphile-worker";
import type pg from "pg";
import { z } from "zod";
import { Coalescer } from "../../lib/coalescer.ts";
import type { Logger } from "../log.ts";
import { answers } from "../store/pool.ts";
import { addRequest } from "../store/requests.ts";
import { applyRetention } from "../store/retention.ts";
import { syncTask } from "../store/wake.ts";
import { patientPool } from "./patient-pool.ts";
import type { SourceRunner } from "./source-runner.ts";

const RESTART_MS = 1_000;
const CONCURRENCY = 8;

const syncJob = z.object({ source: z.string(), retry: z.boolean().optional() });

export interface QueueParts {
  pool: pg.Pool;
  /** Labels that this worker serves; jobs of other labels do not come here. */
  labels: readonly string[];
  /** Undefined when this worker does not serve the source, also after reading the list again. */
  runnerOf(source: string): Promise<SourceRunner | undefined>;
  tick(): Promise<void>;
  retentionDays: number;
  log: Logger;
}

/**
 * Consumes the queue. A `sync` job only wakes the source's runner, which answers the requests in the
 * database. So a lost or doubled job does no harm.
 */
export async function startQueue(parts: QueueParts): Promise<{ stop(): Promise<void> }> {
  const { log } = parts;
  let stopped = false;
  const restarts = new Coalescer(restart);
  let runner: Runner | undefined;

  async function start(): Promise<void> {
    const events = new EventEmitter();
    const mine = await consume(parts, events, () => stopped);
    runner = mine;
    const again = () => {
      if (runner === mine) restarts.now();
    };
    // A consumer whose connection breaks while it gives a job back ends for good, so all consumers are
    // replaced.
    events.on("worker:fatalError", again);
    events.on("stop", again);
    // A consumer caches one query's answer, even an error of the connection, and then takes no more jobs.
    let failures = 0;
    for (const well of ["worker:getJob:empty", "job:start"]) events.on(well, () => (failures = 0));
    events.on("worker:getJob:error", () => {
      if (++failures % (2 * CONCURRENCY) === 0) void answers(parts.pool).then((well) => well && again());
    });
  }

  async function restart(): Promise<void> {
    const old = runner;
    runner = undefined;
    while (!stopped) {
      try {
        await start();
        break;
      } catch (error) {
        log.warn({ err: error }, "the queue cannot be consumed; trying again");
        await delay(RESTART_MS);
      }
    }
    await stopRunner(old);
  }

  await start();
  return {
    async stop() {
      stopped = true;
      await restarts.close();
      await stopRunner(runner);
    },
  };
}

async function stopRunner(runner: Runner | undefined): Promise<void> {
  // A consumer that has ended by itself throws here.
  await runner?.stop().catch(() => undefined);
}

async function consume(
  { pool, labels, runnerOf, tick, retentionDays, log }: QueueParts,
  events: EventEmitter,
  isStopped: () => boolean,
): Promise<Runner> {
  const sync = async (payload: unknown) => {
    const { source, retry } = syncJob.parse(payload);
    const runner = await runnerOf(source);
    if (!runner) return;
    if (retry) await addRequest(pool, { source, trigger: "schedule", requested_by: "retry" });
    await runner.wake();
  };
  const taskList: TaskList = {
    ...Object.fromEntries(labels.map((label) => [syncTask(label), sync])),
    tick,
    retention: async () => {
      log.info(await applyRetention(pool, retentionDays), "retention applied");
    },
  };
  return run({
    pgPool: patientPool(pool, isStopped),
    taskList,
    concurrency: CONCURRENCY,
    pollInterval: 1_000,
    noHandleSignals: true,
    events,
    // Each runs once across all workers. After a missed tick the next one runs everything that is due.
    crontab: "17 3 * * * retention ?fill=1d\n* * * * * tick ?max=1",
    logger: new GraphileLogger(() => (level, message) => {
      if (level === "error") log.error(message);
      else if (level === "warning") log.warn(message);
      else log.trace(message);
    }),
  });
}

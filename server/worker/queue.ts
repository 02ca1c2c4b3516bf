import { Logger as GraphileLogger, run, type Runner, type TaskList } from "graphile-worker";
import type pg from "pg";
import { z } from "zod";
import type { Logger } from "../log.ts";
import { addRequest } from "../store/requests.ts";
import { applyRetention } from "./retention.ts";
import type { SourceRunner } from "./source-runner.ts";

const syncJob = z.object({ source: z.string(), retry: z.boolean().optional() });

/**
 * Consumes the queue. A `sync` job carries no work: it wakes the source's runner, which answers
 * whatever requests stand in the database. A lost or doubled job therefore does no harm.
 */
export async function startQueue(
  pool: pg.Pool,
  runners: ReadonlyMap<string, SourceRunner>,
  retentionDays: number,
  log: Logger,
): Promise<Runner> {
  const taskList: TaskList = {
    sync: async (payload) => {
      const { source, retry } = syncJob.parse(payload);
      const runner = runners.get(source);
      if (!runner) return;
      if (retry) await addRequest(pool, { source, trigger: "schedule", requested_by: "retry" });
      await runner.wake();
    },
    retention: async () => {
      log.info(await applyRetention(pool, retentionDays), "retention applied");
    },
  };
  return run({
    pgPool: pool,
    taskList,
    concurrency: 8,
    pollInterval: 1_000,
    noHandleSignals: true,
    crontab: "17 3 * * * retention ?fill=1d",
    logger: new GraphileLogger(() => (level, message) => {
      if (level === "error") log.error(message);
      else if (level === "warning") log.warn(message);
      else log.trace(message);
    }),
  });
}

import { join, resolve } from "node:path";
import type { Env } from "../../config/env.ts";
import { systemClock } from "../clock.ts";
import { logger } from "../log.ts";
import type { SyncContext } from "../runs/sync-context.ts";
import { DEFAULT_LABEL } from "../../lib/source/settings.ts";
import { workerName } from "../store/workers.ts";
import { listen } from "../store/listen.ts";
import { createPool } from "../store/pool.ts";
import { addRequest } from "../store/requests.ts";
import { claimDueSources, registerSource } from "../store/sources.ts";
import { sourcesWithEdits } from "../store/task-edits.ts";
import { Nudge } from "./nudge.ts";
import { startQueue } from "./queue.ts";
import { ProgressReporter } from "./report-progress.ts";
import { SourceRunner } from "./source-runner.ts";
import { watchFile } from "./watch-file.ts";

export interface RunningWorker {
  stop(): Promise<void>;
}

const EDITS_CHANNEL = "lockstep_edits";
const LOOK_FOR_DUE_MS = 1_000;

/** One source for now: the file named by the environment. */
export const DEFAULT_SOURCE = "default";

/**
 * Starts what carries edits: the queue's consumer, and with automatic sync the file's watcher, the
 * listener for edits by SQL and the periodic look. Resolves after the start-up run.
 */
export async function startWorker(env: Env): Promise<RunningWorker> {
  const log = logger("worker");
  const pool = createPool(env.DATABASE_URL ?? "");
  const source = DEFAULT_SOURCE;
  const path = resolve(env.SCHEDULE_FILE);
  await registerSource(pool, { id: source, path });

  const reporter = new ProgressReporter(pool, source);
  const context: SyncContext = {
    source,
    pool,
    clock: systemClock,
    log,
    backups: join(resolve(env.DATA_DIR), "backups", source),
    strategy: env.SYNC_STRATEGY,
    snapshot: undefined,
    progress: (phase, done, total) => reporter.report(phase, done, total),
  };
  const runner = new SourceRunner(context, reporter);
  const closers: (() => Promise<unknown>)[] = [];

  await addRequest(pool, { source, trigger: "startup", requested_by: "startup" });
  await runner.wake();

  const queue = await startQueue(pool, new Map([[source, runner]]), env.RETENTION_DAYS, log);
  closers.push(() => queue.stop());

  const edits = new Nudge(async () => {
    for (const id of await sourcesWithEdits(pool)) {
      await addRequest(pool, { source: id, trigger: "database", requested_by: "sql" });
    }
  }, log);
  const listening = await listen(
    env.AUTO_SYNC_ENABLED ? [EDITS_CHANNEL] : [],
    () => edits.now(),
    () => env.AUTO_SYNC_ENABLED && edits.now(),
    workerName(DEFAULT_LABEL),
  );
  closers.push(() => listening.close(), () => edits.close());

  if (env.AUTO_SYNC_ENABLED) {
    const nudges = new Nudge(async () => {
      await addRequest(pool, { source, trigger: "watch", requested_by: "file" });
    }, log);
    const watching = await watchFile(
      path,
      { debounceMs: env.WATCH_DEBOUNCE_MS, polling: env.WATCH_POLLING, log },
      () => nudges.now(),
    );
    const due = new Nudge(async () => {
      for (const id of await claimDueSources(pool, env.SYNC_INTERVAL_SECONDS)) {
        await addRequest(pool, { source: id, trigger: "schedule", requested_by: "schedule" });
      }
    }, log);
    const timer = setInterval(() => due.now(), LOOK_FOR_DUE_MS);
    closers.push(
      () => watching.close(),
      () => nudges.close(),
      async () => clearInterval(timer),
      () => due.close(),
    );
    // What happened between the start-up run and the moment all of them were listening.
    nudges.now();
    edits.now();
  } else {
    log.info({ skipped: true, reason: "AUTO_SYNC_ENABLED is false" }, "no automatic runs: watch, SQL and schedule are off");
  }
  log.info({ source, path }, "worker ready");
  return {
    async stop() {
      for (const close of closers.reverse()) await close();
      await runner.idle();
      await pool.end();
    },
  };
}

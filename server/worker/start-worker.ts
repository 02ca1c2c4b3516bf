import type { Env } from "../../config/env.ts";
import { type Clock, systemClock } from "../clock.ts";
import { logger } from "../log.ts";
import { startRound } from "../rounds/start-round.ts";
import { listen } from "../store/listen.ts";
import { createPool } from "../store/pool.ts";
import { addRequest } from "../store/requests.ts";
import { SOURCES_CHANNEL } from "../store/source-settings.ts";
import { sourcesWithEdits } from "../store/task-edits.ts";
import { inTransaction } from "../store/transaction.ts";
import { workerName } from "../store/workers.ts";
import { forEachTaken } from "./for-each-taken.ts";
import { patientCoalescer } from "./patient-coalescer.ts";
import { AUTO_SYNC_OFF, type LookRequests, requestLook } from "./request-look.ts";
import { startQueue } from "./queue.ts";
import { RoundKeeper } from "./round-keeper.ts";
import { SourceRegistry } from "./source-registry.ts";
import { sweep } from "./sweep.ts";
import { tick } from "./tick.ts";
import { FileWatcher } from "./watch-files.ts";

export interface RunningWorker {
  stop(): Promise<void>;
}

const EDITS_CHANNEL = "lockstep_edits";
/** Sources that run more often than the tick comes. */
const QUICK_TICK_MS = 1_000;
const SWEEP_MS = 5_000;
/** Patterns are looked at again, and the database's settings, in case a notification was lost. */
const RESCAN_MS = 60_000;

/**
 * Starts what carries edits: the queue's consumer with the tick, the files' watcher, the listener for
 * edits by SQL, and the sweep that takes over from workers that died. Resolves after the start-up run
 * of the only source; of several, as soon as they are asked for.
 * @throws {BadSources}
 */
export async function startWorker(env: Env, clock: Clock = systemClock): Promise<RunningWorker> {
  const log = logger("worker");
  const pool = createPool(env.DATABASE_URL ?? "");
  const closers: (() => Promise<unknown>)[] = [() => pool.end()];
  const keeper = new RoundKeeper(pool, log);
  const registry = new SourceRegistry({ pool, env, clock, log, onRun: (result) => keeper.ran(result) });
  closers.push(
    () => keeper.close(),
    () => registry.idle(),
  );
  const stop = async () => {
    for (const close of closers.reverse()) await close();
  };
  try {
    await registry.load();
    const nudging: LookRequests = { pool, clock, log, autoSync: env.AUTO_SYNC_ENABLED };
    await startUp(registry, nudging);

    const changed = new Set<string>();
    const watcher = new FileWatcher(
      { debounceMs: env.WATCH_DEBOUNCE_MS, polling: env.WATCH_POLLING, log },
      (path) => {
        changed.add(path);
        files.now();
      },
    );
    const watchAll = () => watcher.watch([registry.sourcesFile, ...registry.all().map(({ path }) => path)]);
    const refresh = async () => {
      if (await registry.refresh()) await watchAll();
    };
    const files = patientCoalescer(async () => {
      await forEachTaken(changed, async (path) => {
        if (path === registry.sourcesFile) await refresh();
        for (const source of registry.all())
          if (source.path === path) await requestLook(nudging, source, "watch", "file");
      });
    }, log);
    const edits = patientCoalescer(async () => {
      for (const id of await sourcesWithEdits(pool)) {
        const source = registry.get(id);
        if (source) await requestLook(nudging, source, "database", "sql");
      }
    }, log);
    const settings = patientCoalescer(refresh, log);
    const quick = patientCoalescer(async () => {
      await tick(
        nudging,
        registry
          .all()
          .filter(({ settings: its }) => its.sync_interval_minutes < 1)
          .map(({ id }) => id),
      );
    }, log);
    const sweeps = patientCoalescer(
      () =>
        sweep(
          pool,
          clock,
          log,
          registry.all().map(({ id }) => id),
        ),
      log,
    );

    const queue = await startQueue({
      pool,
      labels: env.WORKER_LABELS,
      retentionDays: env.RETENTION_DAYS,
      log,
      tick: async () => void (await tick(nudging)),
      runnerOf: async (source) => {
        // It may have come to this worker since it last looked.
        if (!registry.get(source)) await refresh();
        return registry.get(source)?.runner;
      },
    });
    // Stopped from the last to the first: what wakes a coalescer before the coalescer.
    closers.push(
      () => queue.stop(),
      () => watcher.close(),
    );
    for (const coalescer of [files, edits, settings, quick, sweeps]) closers.push(() => coalescer.close());
    const listening = await Promise.all(
      // A connection for each label, as its name tells that the label has a worker.
      env.WORKER_LABELS.map((label, i) =>
        listen(
          i === 0 ? [EDITS_CHANNEL, SOURCES_CHANNEL] : [],
          (channel) => (channel === SOURCES_CHANNEL ? settings : edits).now(),
          () => [settings, edits].forEach((coalescer) => coalescer.now()),
          workerName(label),
        ),
      ),
    );
    closers.push(...listening.map((each) => () => each.close()));
    await watchAll();
    for (const [coalescer, ms] of [
      [quick, QUICK_TICK_MS],
      [sweeps, SWEEP_MS],
      [settings, RESCAN_MS],
    ] as const) {
      const timer = setInterval(() => coalescer.now(), ms);
      closers.push(async () => clearInterval(timer));
    }

    if (env.AUTO_SYNC_ENABLED) {
      // What happened between the start-up run and the moment all of them were listening.
      for (const { path } of registry.all()) changed.add(path);
      files.now();
      edits.now();
    } else
      log.info(
        { skipped: true, reason: AUTO_SYNC_OFF },
        "no automatic runs: watch, SQL and schedule are off",
      );
    log.info(
      {
        sources: registry.all().length,
        labels: env.WORKER_LABELS,
        paths: registry
          .all()
          .slice(0, 20)
          .map(({ path }) => path),
      },
      "worker ready",
    );
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Everything is compared once: alone at once, several as a round. */
async function startUp(registry: SourceRegistry, { pool }: LookRequests): Promise<void> {
  const sources = registry.all().filter(({ settings }) => settings.is_sync_enabled);
  const [only, ...others] = sources;
  if (!only) return;
  if (others.length > 0) {
    await inTransaction(pool, (tx) =>
      startRound(tx, {
        wanted: sources.map(({ id }) => id),
        cascade: "none",
        trigger: "startup",
        requested_by: "startup",
      }),
    );
    return;
  }
  await addRequest(pool, { source: only.id, trigger: "startup", requested_by: "startup" });
  await only.runner.wake();
}

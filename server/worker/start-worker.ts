import type { Env } from "../../config/env.ts";
import { type Clock, systemClock } from "../clock.ts";
import { FolderWatcher } from "../folder-watcher.ts";
import { logger } from "../log.ts";
import { startRound } from "../rounds/start-round.ts";
import { listen } from "../store/listen.ts";
import { createPool, WORKER_LIMITS } from "../store/pool.ts";
import { addRequest } from "../store/requests.ts";
import { SOURCES_CHANNEL } from "../store/source-settings.ts";
import { inTransaction } from "../store/transaction.ts";
import { workerName } from "../store/workers.ts";
import { startQueue } from "./queue.ts";
import { AUTO_SYNC_OFF, type LookRequests } from "./request-look.ts";
import { RoundAdvancer } from "./round-advancer.ts";
import { SourceLooks } from "./source-looks.ts";
import { SourceRegistry } from "./source-registry.ts";
import { tick } from "./tick.ts";

export interface RunningWorker {
  /** The sources whose run hangs. Only a restart of the process can end it. */
  stuck(): string[];
  stop(): Promise<void>;
}

const EDITS_CHANNEL = "lockstep_edits";

/**
 * Starts what carries edits: the queue's consumer with the tick, the files' watcher, the listener for
 * edits by SQL, and the sweep that takes over from workers that died. Resolves after the start-up run
 * of the only source; where there are several, as soon as their runs are asked for.
 * @throws {BadSources}
 */
export async function startWorker(env: Env, clock: Clock = systemClock): Promise<RunningWorker> {
  const log = logger("worker");
  const pool = createPool(env.DATABASE_URL ?? "", 20, WORKER_LIMITS);
  const watcher = new FolderWatcher({ debounceMs: env.WATCH_DEBOUNCE_MS, polling: env.WATCH_POLLING, log });
  const rounds = new RoundAdvancer(pool, log);
  const registry = new SourceRegistry({
    pool,
    env,
    clock,
    log,
    watcher,
    onRun: (result) => rounds.ran(result),
  });
  // Closed from the last to the first, so that a part stops before the parts that it wakes.
  const closers: (() => Promise<unknown>)[] = [
    () => pool.end(),
    () => rounds.close(),
    () => registry.idle(),
    () => watcher.close(),
  ];
  const stop = async () => {
    for (const close of closers.reverse()) await close();
  };
  try {
    await registry.load();
    const requests: LookRequests = { pool, clock, log, autoSync: env.AUTO_SYNC_ENABLED };
    await startUp(registry, requests);
    const looks = new SourceLooks(registry, requests, env.WORKER_LABELS);
    closers.push(() => looks.close());
    const queue = await startQueue({
      pool,
      labels: env.WORKER_LABELS,
      retentionDays: env.RETENTION_DAYS,
      log,
      tick: async () => void (await tick(requests)),
      runnerOf: async (source) => {
        // The source may have come to this worker since it last read the list.
        if (!registry.get(source)) await looks.refresh();
        return registry.get(source)?.runner;
      },
    });
    closers.push(() => queue.stop());
    closers.push(...(await listenForEdits(env.WORKER_LABELS, looks)));
    await looks.start();
    // What happened between the start-up run and the moment all of them were listening.
    if (requests.autoSync) looks.lookAtEverything();
    else
      log.info(
        { skipped: true, reason: AUTO_SYNC_OFF },
        "no automatic runs: watch, SQL and schedule are off",
      );
    tellReady(log, registry, env.WORKER_LABELS);
    return { stop, stuck: () => registry.stuck() };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One connection for each label, as a connection's name tells that the label has a worker. */
async function listenForEdits(labels: readonly string[], looks: SourceLooks) {
  const listening = await Promise.all(
    labels.map((label, i) =>
      listen(
        i === 0 ? [EDITS_CHANNEL, SOURCES_CHANNEL] : [],
        (channel) => (channel === SOURCES_CHANNEL ? looks.settingsEdited() : looks.rowsEdited()),
        () => {
          looks.settingsEdited();
          looks.rowsEdited();
        },
        workerName(label),
      ),
    ),
  );
  return listening.map((each) => () => each.close());
}

function tellReady(log: LookRequests["log"], registry: SourceRegistry, labels: readonly string[]): void {
  const sources = registry.all();
  const paths = sources.slice(0, 20).map(({ path }) => path);
  log.info({ sources: sources.length, labels, paths }, "worker ready");
}

/** Everything is compared once: a single source at once, several sources as a round. */
async function startUp(registry: SourceRegistry, { pool }: LookRequests): Promise<void> {
  const sources = registry.all().filter(({ settings }) => settings.is_sync_enabled);
  const [only, ...others] = sources;
  if (!only) return;
  if (others.length > 0) {
    const wanted = sources.map(({ id }) => id);
    await inTransaction(pool, (tx) =>
      startRound(tx, { wanted, cascade: "none", trigger: "startup", requested_by: "startup" }),
    );
    return;
  }
  await addRequest(pool, { source: only.id, trigger: "startup", requested_by: "startup" });
  await only.runner.wake();
}

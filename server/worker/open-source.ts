import { setMaxListeners } from "node:events";
import { join, resolve } from "node:path";
import type pg from "pg";
import { type Env, namedVariable } from "../../config/env.ts";
import type { SourceSettings } from "../../lib/source/settings.ts";
import type { Clock } from "../clock.ts";
import type { Collection } from "../endpoints/collection.ts";
import type { Endpoint } from "../endpoints/endpoint.ts";
import { openCollection, openEndpoint } from "../endpoints/registry.ts";
import type { FolderWatcher } from "../folder-watcher.ts";
import type { Logger } from "../log.ts";
import type { CollectionContext } from "../runs/pull/collection-context.ts";
import type { SourceContext } from "../runs/source-context.ts";
import { allowedPlaces, mayLieAt } from "./allowed-places.ts";
import type { Configured } from "./find-sources.ts";
import { ProgressReporter } from "./report-progress.ts";
import { SnapshotCache } from "./snapshots.ts";
import { SourceRunner } from "./source-runner.ts";

export interface ServedSource {
  id: string;
  path: string;
  settings: SourceSettings;
  /** What it was opened with: the file's path, or the configuration of the API. */
  opened: string;
  /** What tells of changes; a source of objects tells of none. */
  endpoint: Pick<Endpoint, "watch">;
  isPulled: boolean;
  runner: SourceRunner;
}

export interface ServingParts {
  pool: pg.Pool;
  env: Env;
  clock: Clock;
  log: Logger;
  watcher: FolderWatcher;
  /** A run has answered what it was asked; these rounds wait for it. */
  onRun: SourceRunner["onRun"];
}

/** Opens the file, the API or the table of a source, with the runner that syncs it. */
export class SourceOpener {
  private readonly snapshots = new SnapshotCache();
  private readonly stopping = stoppable();

  constructor(
    private readonly parts: ServingParts,
    /** The folder of the list of sources. */
    private readonly home: () => string,
  ) {}

  open(configured: Configured, settings: SourceSettings): ServedSource {
    const { id: source, path, http, csv, httpTasks } = configured;
    const { env, watcher } = this.parts;
    const mayUse = async (realPath: string) => mayLieAt(realPath, await allowedPlaces(this.places));
    if (http)
      return this.openPulled(configured, settings, () =>
        openCollection("http", { ...http, valueOf: namedVariable }),
      );
    if (csv)
      return this.openPulled(configured, settings, () =>
        openCollection("csv", { config: csv, place: path, mayUse, valueOf: namedVariable }),
      );
    const endpoint = httpTasks
      ? openEndpoint("http_tasks", { config: httpTasks, valueOf: namedVariable })
      : openEndpoint("yaml-file", {
          path,
          backups: join(resolve(env.DATA_DIR), "backups", source),
          debounceMs: env.WATCH_DEBOUNCE_MS,
          mayUse,
          watcher,
        });
    const runner = this.runnerOf(source, (shared): SourceContext => ({
      ...shared,
      endpoint,
      strategy: env.SYNC_STRATEGY,
    }));
    return {
      ...{ id: source, path, opened: openedWith(configured), settings, endpoint },
      isPulled: false,
      runner,
    };
  }

  private openPulled(
    configured: Configured,
    settings: SourceSettings,
    collection: () => Collection,
  ): ServedSource {
    const { id: source, path } = configured;
    const runner = this.runnerOf(source, (shared): CollectionContext => ({
      ...shared,
      collection: collection(),
      stopping: this.stopping.signal,
    }));
    const endpoint = { watch: async () => ({ isAlive: () => true, close: async () => undefined }) };
    return { id: source, path, opened: openedWith(configured), settings, endpoint, isPulled: true, runner };
  }

  /** A runner whose context has what every kind of source needs and what is added to it. */
  private runnerOf(
    source: string,
    contextOf: (
      shared: Pick<SourceContext, "source" | "pool" | "clock" | "log" | "progress">,
    ) => SourceContext | CollectionContext,
  ): SourceRunner {
    const { pool, clock, log, onRun } = this.parts;
    const reporter = new ProgressReporter(pool, source);
    const context = contextOf({
      ...{ source, pool, clock, log },
      progress: (phase, done, total) => reporter.report(phase, done, total),
    });
    return new SourceRunner(context, this.snapshots.of(source), reporter, onRun);
  }

  private get places(): Parameters<typeof allowedPlaces>[0] {
    const { SOURCE_FOLDERS: folders, DATA_DIR: dataDir } = this.parts.env;
    return { home: this.home(), folders, dataDir };
  }

  /** Ends pulls where they are. */
  stop(): void {
    this.stopping.abort();
  }
}

/** Each request of each pull listens to it. */
function stoppable(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** What a source was opened with, to tell whether it is still the same. */
export function openedWith({ path, http, csv, httpTasks }: Configured): string {
  return http || csv || httpTasks ? JSON.stringify([path, http, csv, httpTasks]) : path;
}

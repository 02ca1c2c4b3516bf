import { resolve } from "node:path";
import type { Env } from "../../config/env.ts";
import { directionFromWire } from "../../lib/protocol/wire.ts";
import { Coalescer } from "../../lib/coalescer.ts";
import { problemLine, type SourceProblem } from "../../lib/source/place.ts";
import type { FolderWatcher } from "../folder-watcher.ts";
import { editedSettings, readSettings } from "../rounds/start-round.ts";
import { publish } from "../store/publish.ts";
import { addRequest } from "../store/requests.ts";
import { listSourceSettings, type StoredSettings } from "../store/source-settings.ts";
import {
  forgetSourcesFile,
  markRemoved,
  type RegisteredSource,
  registerSources,
  saveSourcesFile,
} from "../store/sources.ts";
import { type Configured, findSources } from "./find-sources.ts";
import { openedWith, type ServedSource, type ServingParts, SourceOpener } from "./open-source.ts";

/** `sources.yml` cannot be used; the message has one line per problem. */
class BadSources extends Error {
  override readonly name = "BadSources";
}

/**
 * The sources that this worker serves, as `sources.yml`, the folders it names and the edits in the
 * database say by now. What cannot be read leaves everything as it was.
 */
export class SourceRegistry {
  private served = new Map<string, ServedSource>();
  private home = "";
  private readonly opener: SourceOpener;
  private readonly looks = new Coalescer(async () => void (await this.look(false)));
  private listed = false;
  private complaints = "";
  readonly sourcesFile: string;

  constructor(private readonly parts: ServingParts) {
    this.opener = new SourceOpener(parts, () => this.home);
    this.sourcesFile = resolve(sourcesFileOf(parts.env));
  }

  get watcher(): FolderWatcher {
    return this.parts.watcher;
  }

  get(id: string): ServedSource | undefined {
    return this.served.get(id);
  }

  all(): ServedSource[] {
    return [...this.served.values()];
  }

  /** @throws {BadSources} */
  async load(): Promise<void> {
    const problems = await this.look(true);
    if (problems.length > 0) throw badSources(this.parts.env, problems);
  }

  /** Looks again. @returns whether this worker serves other files than when it was asked. */
  async refresh(): Promise<boolean> {
    const before = this.fingerprint();
    await this.looks.run();
    return this.fingerprint() !== before;
  }

  private fingerprint(): string {
    return JSON.stringify(this.all().map(({ id, opened }) => [id, opened]));
  }

  private async look(first: boolean): Promise<SourceProblem[]> {
    const { pool, env, log } = this.parts;
    const stored = await listSourceSettings(pool);
    const found = await findSources(whereToLook(env, stored));
    // While it runs, a list that is gone is a save in the making, or a mistake: never the end of all sources.
    const gone = !found.listed && (this.listed || env.SOURCES_FILE !== undefined);
    const problems = gone ? [{ message: "does not exist; put it back" }] : found.problems;
    const unusable = problems.filter((problem) => !problem.left_out);
    if (first && unusable.length > 0) return unusable;
    await this.report(found.listed || gone, problems);
    if (unusable.length > 0) return unusable;
    this.listed = found.listed;
    this.home = found.home;
    await this.apply(found.sources, stored);
    log.trace({ sources: this.served.size }, "sources looked at");
    return [];
  }

  /** Tells what is wrong with the list, once. */
  private async report(listed: boolean, problems: SourceProblem[]): Promise<void> {
    const { pool, log } = this.parts;
    const lines = problems.map((problem) => problemLine(this.sourcesFile, problem));
    if (lines.length > 0 && lines.join("\n") !== this.complaints)
      log.error({ problems: lines }, howItGoesOn(problems));
    this.complaints = lines.join("\n");
    if (!listed) return forgetSourcesFile(pool, this.sourcesFile);
    if (await saveSourcesFile(pool, this.sourcesFile, problems))
      await publish(pool, [{ event: "sync_sources_changed" }]);
  }

  private async apply(found: readonly Configured[], stored: readonly StoredSettings[]): Promise<void> {
    const { pool, log, env } = this.parts;
    const changed = new Set(await registerSources(pool, found.map(registered)));
    const ids = new Set(found.map(({ id }) => id));
    const removed = stored
      .filter(
        (source) =>
          !source.removed && !ids.has(source.id) && env.WORKER_LABELS.includes(readSettings(source).worker),
      )
      .map(({ id }) => id);
    if (removed.length > 0) {
      await markRemoved(pool, removed);
      log.warn(
        { sources: removed },
        "no longer in sources.yml: their tasks and files stay as they are and are no longer synced",
      );
    }
    const overridesOf = new Map(stored.map(({ id, settings }) => [id, settings]));
    const before = this.served;
    this.served = new Map(
      found.map((source): [string, ServedSource] => {
        const settings = editedSettings(source.base, overridesOf.get(source.id) ?? {});
        const known = before.get(source.id);
        return [
          source.id,
          known?.opened === openedWith(source) ? { ...known, settings } : this.opener.open(source, settings),
        ];
      }),
    );
    const added = this.all().filter(
      ({ id, settings }) => before.size > 0 && changed.has(id) && !before.has(id) && settings.is_sync_enabled,
    );
    for (const { id } of added)
      await addRequest(pool, { source: id, trigger: "startup", requested_by: "sources.yml" });
    if (changed.size + removed.length > 0) await publish(pool, [{ event: "sync_sources_changed" }]);
  }

  /** The sources whose run hangs. */
  stuck(): string[] {
    return this.all()
      .filter(({ runner }) => runner.isStuck)
      .map(({ id }) => id);
  }

  /** Ends pulls where they are, and resolves when no run is going on. */
  async idle(): Promise<void> {
    this.opener.stop();
    await this.looks.idle();
    await Promise.all(this.all().map(({ runner }) => runner.idle()));
  }
}

function registered({ http, csv, httpTasks, ...source }: Configured): RegisteredSource {
  const config = http?.resource ?? csv;
  if (!config) return httpTasks ? { ...source, kind: "http_tasks" } : source;
  const { type, parent } = config;
  return { ...source, collection: { kind: http ? "http" : "csv", type, parent: parent?.source ?? null } };
}

/** Where the list is looked for; one that is named has to be there. */
function sourcesFileOf(env: Env): string {
  return env.SOURCES_FILE ?? "config/sources.yml";
}

function whereToLook(env: Env, stored: readonly StoredSettings[]): Parameters<typeof findSources>[0] {
  const overridden = new Map(
    stored.flatMap(({ id, settings }) =>
      typeof settings["worker"] === "string" ? [[id, settings["worker"]] as const] : [],
    ),
  );
  return {
    sourcesFile: resolve(sourcesFileOf(env)),
    scheduleFile: env.SCHEDULE_FILE,
    folders: env.SOURCE_FOLDERS,
    dataDir: env.DATA_DIR,
    presets: {
      intervalMinutes: env.SYNC_INTERVAL_SECONDS / 60,
      strategy: env.SYNC_STRATEGY,
      direction: directionFromWire(env.SYNC_DIRECTION),
    },
    labels: env.WORKER_LABELS,
    labelOf: (id, configured) => overridden.get(id) ?? configured,
  };
}

function howItGoesOn(problems: readonly SourceProblem[]): string {
  return problems.every((problem) => problem.left_out)
    ? "files that a pattern of sources.yml found are left out; the others are synced"
    : "sources.yml cannot be used; what was last read there still counts";
}

function badSources(env: Env, problems: readonly SourceProblem[]): BadSources {
  return new BadSources(problems.map((problem) => problemLine(sourcesFileOf(env), problem)).join("\n"));
}

/**
 * Checks before anything is started whether `sources.yml` can be used, as far as that shows without the database.
 * @returns how many sources there are; null: the one of SCHEDULE_FILE.
 * @throws {BadSources}
 */
export async function checkSourcesFile(env: Env): Promise<number | null> {
  const { problems: all, listed, sources } = await findSources(whereToLook(env, []));
  const problems = all.filter((problem) => !problem.left_out);
  if (!listed && env.SOURCES_FILE !== undefined) throw badSources(env, [{ message: "does not exist" }]);
  if (problems.length > 0) throw badSources(env, problems);
  return listed ? sources.length : null;
}

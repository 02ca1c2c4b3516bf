import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { parseEnv } from "../../config/env.ts";
import { type Clock, systemClock } from "../clock.ts";
import { type RunningWorker } from "../worker/start-worker.ts";
import { tick } from "../worker/tick.ts";
import { letGo, pointAt, startTestWorker } from "./commands.ts";
import { expectInStep } from "./in-step.ts";
import { startTestSource, type TestSource } from "./test-source.ts";
import { waitFor } from "./wait-for.ts";

type Settings = Partial<Record<keyof ReturnType<typeof parseEnv>, string>>;

/** A schedule of one task, whose description says which edit was last. */
export const one = (description: string, id: number | string = 1) =>
  `tasks:\n  - id: ${id}\n    skill_name: a skill\n    schedule_cron: "0 2 * * *"\n` +
  `    description: ${description}\n`;

/** A database, a folder with files and a `sources.yml`, and the workers that a test starts on them. */
export class ManySources {
  private readonly workers: RunningWorker[] = [];
  readonly url: string;
  readonly pool: TestSource["pool"];
  readonly log: TestSource["context"]["log"];
  readonly sql: TestSource["sql"];

  constructor(
    readonly base: TestSource,
    readonly folder: string,
  ) {
    this.url = base.url;
    this.pool = base.pool;
    this.log = base.context.log;
    this.sql = base.sql;
  }

  /** Path of a file in the folder. */
  at(file: string): string {
    return join(this.folder, file);
  }

  async write(file: string, text: string): Promise<void> {
    await mkdir(dirname(this.at(file)), { recursive: true });
    await writeFile(this.at(file), text);
  }

  read(file: string): Promise<string> {
    return readFile(this.at(file), "utf8");
  }

  /** Writes `sources.yml`. */
  list(text: string): Promise<void> {
    return this.write("sources.yml", text);
  }

  /** Environment of a worker on the folder. */
  settings(more: Settings = {}): Settings {
    return {
      SOURCES_FILE: this.at("sources.yml"),
      WATCH_DEBOUNCE_MS: "50",
      WORKER_LABELS: "default",
      ...more,
    };
  }

  /** Starts a worker, which `stop` stops. */
  async start(more: Settings = {}): Promise<RunningWorker> {
    const worker = await startTestWorker(this.base, this.settings(more));
    this.workers.push(worker);
    return worker;
  }

  /** Description of a task in the database. */
  async description(source: string, id: number | string = 1): Promise<string | undefined> {
    const [row] = await this.sql<{ description: string }>(
      "SELECT description FROM tasks WHERE source = $1 AND id = $2",
      [source, String(id)],
    );
    return row?.description;
  }

  /** Waits until a task in the database has the description. */
  until(source: string, description: string, id: number | string = 1) {
    return waitFor(async () => (await this.description(source, id)) === description, {
      what: `task ${id} of ${source} to be ${description}`,
    });
  }

  /** Waits until a file contains the text. */
  inFile(file: string, text: string) {
    return waitFor(async () => (await this.read(file)).includes(text), { what: `${text} in ${file}` });
  }

  /** Waits until every request is answered and every round is over. */
  settled() {
    const open = () =>
      this.sql(
        `SELECT 1 FROM sync_requests q JOIN sources s ON s.id = q.source AND s.removed_at IS NULL
          WHERE q.answered_at IS NULL
         UNION ALL SELECT 1 FROM rounds WHERE finished_at IS NULL`,
      );
    return waitFor(async () => (await open()).length === 0, { what: "everything to be done" });
  }

  /** Makes every source due, and runs the tick. */
  async tick({ autoSync = true, clock = systemClock }: { autoSync?: boolean; clock?: Clock } = {}) {
    await this.sql("UPDATE sources SET next_sync_at = NULL");
    return tick({ pool: this.pool, clock, log: this.log, autoSync });
  }

  /** Waits until both sides agree, because Lockstep's own write of a file causes a run too. */
  expectInStep(source: string, file: string) {
    return waitFor(() => expectInStep(this.pool, source, this.at(file)).then(() => true));
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) await worker.stop();
    await letGo();
    await this.base.stop();
  }
}

/** Creates a database without sources, and a folder with `sources.yml` and these files. */
export async function startManySources(list: string, files: Record<string, string>): Promise<ManySources> {
  const base = await startTestSource({ imported: false });
  await base.sql("DELETE FROM sources");
  const many = new ManySources(base, base.folder);
  await many.list(list);
  for (const [file, text] of Object.entries(files)) await many.write(file, text);
  pointAt(base, many.settings());
  return many;
}

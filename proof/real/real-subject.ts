import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import pino from "pino";
import { runOf } from "../../lib/run/request.ts";
import { openEndpoint } from "../../server/endpoints/registry.ts";
import { FolderWatcher } from "../../server/folder-watcher.ts";
import type { SourceContext } from "../../server/runs/source-context.ts";
import { createPool } from "../../server/store/pool.ts";
import { readAnswers } from "../../server/store/requests.ts";
import { markRemoved, registerSource } from "../../server/store/sources.ts";
import { ProgressReporter } from "../../server/worker/report-progress.ts";
import { SnapshotCache } from "../../server/worker/snapshots.ts";
import { SourceRunner } from "../../server/worker/source-runner.ts";

import type {
  ChangeAnswer,
  Hook,
  OpenConflict,
  RowChange,
  RunAsk,
  RunReport,
  Subject,
} from "../play/subject.ts";
import type { FileManner, RowManner, Settings, Story } from "../story/step.ts";
import { changeByApi } from "./api.ts";
import { historyOf } from "./history.ts";
import { failed, onlyOnce, report } from "./hook-of-run.ts";
import { hooked } from "./hooked-endpoint.ts";
import { Life } from "./points.ts";
import { askFor, stored } from "./requests.ts";
import { changeBySql, isBusy, rowsOf } from "./rows.ts";
import { StoryFile } from "./story-file.ts";
import type { World } from "./world.ts";

const DEBOUNCE_MS = 100;
const START = Date.UTC(2026, 2, 1);
const LOG = pino({ level: process.env.PROOF_LOG ?? "silent" });
/** It is never asked to watch: in a story a run comes when the story says so. */
const WATCHER = new FolderWatcher({ debounceMs: DEBOUNCE_MS, polling: true, log: LOG });

interface Worker {
  life: Life;
  runner: SourceRunner;
}

/** The real runs on a real PostgreSQL and a real file, with a clock that the story moves. */
export class RealSubject implements Subject {
  readonly level = "real";
  private readonly file: StoryFile;
  private readonly faults = { unreadable: false, unwritable: false };
  private readonly workers: [Worker, Worker];
  /** Milliseconds by which the story's clock is ahead. */
  private ahead = 0;
  private holder: pg.PoolClient | null = null;
  private running = false;

  private constructor(
    private readonly world: World,
    private readonly source: string,
    private readonly settings: Settings,
    /** Whether both workers run the source at the same time, where nothing is to break. */
    private readonly hasRival: boolean,
  ) {
    this.file = new StoryFile(join(world.folder, source, "schedule.yml"), () => this.ahead);
    this.workers = [this.startWorker(), this.startWorker()];
  }

  static async open(
    world: World,
    source: string,
    { text, settings }: Pick<Story, "text" | "settings">,
    hasRival: boolean,
  ): Promise<RealSubject> {
    await mkdir(join(world.folder, source), { recursive: true });
    const path = join(world.folder, source, "schedule.yml");
    await writeFile(path, text);
    await registerSource(world.people, { id: source, path });
    await world.people.query("UPDATE sources SET settings = $2 WHERE id = $1", [source, stored(settings)]);
    return new RealSubject(world, source, settings, hasRival);
  }

  text(): Promise<string> {
    return this.file.text();
  }

  save(text: string, how: FileManner): Promise<void> {
    return this.file.save(text, how);
  }

  slowSave(text: string, part: number, ms: number): Promise<void> {
    return this.file.slowSave(text, part, ms);
  }

  isSaving(): boolean {
    return this.file.isSaving();
  }

  saved(): Promise<void> {
    return this.file.saved();
  }

  rows() {
    return rowsOf(this.world.people, this.source);
  }

  async change(change: RowChange, how: RowManner): Promise<ChangeAnswer> {
    const { people } = this.world;
    if (await isBusy(people, this.source, change)) return "busy";
    // An insert could wait for a run that itself waits for the story to go on; only SQL gives up in time.
    if (how === "sql" || change.kind === "set all") return changeBySql(people, this.source, change);
    if (change.kind !== "create" || !this.running) return changeByApi(this.source, change);
    const answer = await changeBySql(people, this.source, change);
    return answer === "done" ? "done by sql" : answer;
  }

  async run(ask: RunAsk, worker: 0 | 1, hook: Hook | null): Promise<RunReport> {
    const { life, runner } = this.workers[worker];
    const id = await askFor(this.world.people, this.source, ask);
    const shared = hook && onlyOnce(hook);
    const rival =
      this.hasRival && (hook === null || hook.what === "meanwhile") ? this.workers[1 - worker] : null;
    const death = life.expect(shared);
    rival?.life.expect(shared).catch(() => undefined);
    this.running = true;
    const awake = Promise.all([runner.wake(), rival?.runner.wake()]).then(() => undefined);
    // A run whose connections broke could not even note that; the queue would try again.
    const end = await Promise.race([awake.catch((error: unknown) => failed(error, hook)), death]);
    this.running = false;
    if (typeof end === "object") return end;
    if (end === "dead") {
      await this.bury(worker);
      return report("crashed");
    }
    await runner.idle();
    await rival?.runner.idle();
    for (const each of this.workers) each.life.expect(null).catch(() => undefined);
    const answer = (await readAnswers(this.world.people, [id])).get(id) ?? null;
    const run = runOf(answer);
    if (!run) return report(answer ? "refused" : "nothing");
    const { created, updated, deleted } = run.counts;
    return {
      outcome: run.outcome,
      run: run.id,
      planHash: run.halt?.plan_hash ?? null,
      changed: created + updated + deleted,
      problems: run.problems.map(({ message }) => message),
      refused: answer?.kind === "resolution" && (answer.refused ?? []).length > 0,
    };
  }

  async conflicts(): Promise<OpenConflict[]> {
    const { rows } = await this.world.people.query<OpenConflict>(
      `SELECT id, task_id AS task, revision, fields FROM conflicts
        WHERE source = $1 AND state = 'pending' ORDER BY seq`,
      [this.source],
    );
    return rows;
  }

  async changingRuns() {
    const { rows } = await this.world.people.query<{ id: string; tasks: string[] }>(
      `SELECT r.id, array_agg(c.task_id) AS tasks FROM runs r JOIN run_changes c ON c.run_id = r.id
        WHERE r.source = $1 GROUP BY r.id, r.seq ORDER BY r.seq DESC`,
      [this.source],
    );
    return rows;
  }

  history() {
    return historyOf(this.world.people, this.source);
  }

  async versions() {
    const { versions } = this.endpoint();
    const kept = await versions.list();
    return Promise.all(kept.map(async ({ name }) => ({ name, text: (await versions.readText(name)) ?? "" })));
  }

  fault(what: "unwritable" | "unreadable", on: boolean): void {
    this.faults[what] = on;
  }

  async hold(task: string): Promise<boolean> {
    await this.letGo();
    this.holder = await this.world.people.connect();
    await this.holder.query("BEGIN");
    const { rowCount } = await this.holder.query(
      "SELECT 1 FROM tasks WHERE source = $1 AND id = $2 FOR UPDATE",
      [this.source, task],
    );
    return rowCount === 1;
  }

  async letGo(): Promise<void> {
    const { holder } = this;
    this.holder = null;
    await holder?.query("ROLLBACK");
    holder?.release();
  }

  async restart(worker: 0 | 1): Promise<void> {
    const { life, runner } = this.workers[worker];
    await runner.idle();
    await life.pool.end();
    this.workers[worker] = this.startWorker();
  }

  later(ms: number): void {
    this.ahead += ms;
  }

  async meddle(task: string, how: "refuses" | "drops" | "alters" | "not any more"): Promise<void> {
    const { people } = this.world;
    if (how === "not any more")
      await people.query("DELETE FROM proof_meddling WHERE source = $1", [this.source]);
    else
      await people.query("INSERT INTO proof_meddling VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", [
        this.source,
        task,
        how,
      ]);
  }

  async list(present: boolean): Promise<void> {
    const { people } = this.world;
    if (present) await registerSource(people, { id: this.source, path: this.file.path });
    else await markRemoved(people, [this.source]);
  }

  async pending() {
    const { rows } = await this.world.people.query<{ task_id: string; reason: string }>(
      "SELECT task_id, reason FROM pending_tasks WHERE source = $1",
      [this.source],
    );
    return new Map(rows.map(({ task_id, reason }) => [task_id, reason]));
  }

  async close(): Promise<void> {
    await this.letGo();
    for (const { runner, life } of this.workers) {
      await runner.idle();
      await life.pool.end();
    }
    await rm(join(this.world.folder, this.source), { recursive: true, force: true });
  }

  private endpoint() {
    return openEndpoint("yaml-file", {
      path: this.file.path,
      backups: join(this.world.folder, this.source, "kept"),
      debounceMs: DEBOUNCE_MS,
      now: () => Date.now() + this.ahead,
      watcher: WATCHER,
    });
  }

  private startWorker(): Worker {
    const life = new Life(createPool(this.world.url, 4));
    const context: SourceContext = {
      source: this.source,
      pool: life.pool,
      clock: {
        now: () => new Date(START + this.ahead),
        wait: (ms) => this.wait(ms),
      },
      log: LOG,
      endpoint: hooked(this.endpoint(), life, this.faults),
      strategy: this.settings.strategy,
      progress: () => undefined,
    };
    const kept = new SnapshotCache().of(this.source);
    return { life, runner: new SourceRunner(context, kept, new ProgressReporter(life.pool, this.source)) };
  }

  /** Moves the story's clock. A save that was to end meanwhile has ended. */
  private async wait(ms: number): Promise<void> {
    this.ahead += ms;
    await this.file.timePassed();
  }

  /** What a killed process leaves: its connections are closed, and its file lock grows old. */
  private async bury(worker: 0 | 1): Promise<void> {
    await rm(`${this.file.path}.lock`, { recursive: true, force: true });
    this.workers[worker] = this.startWorker();
  }
}

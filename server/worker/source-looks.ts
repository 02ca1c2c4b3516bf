import { randomUUID } from "node:crypto";
import type { Coalescer } from "../../lib/coalescer.ts";
import { sourcesWithEdits } from "../store/task-edits.ts";
import { forgetWorker, saveAnswer } from "../store/workers.ts";
import { forEachTaken } from "./for-each-taken.ts";
import { patientCoalescer } from "./patient-coalescer.ts";
import { type LookRequests, requestLook } from "./request-look.ts";
import type { SourceRegistry } from "./source-registry.ts";
import { sweep } from "./sweep.ts";
import { tick } from "./tick.ts";
import { UnreportedEdits } from "./unreported-edits.ts";
import { SourceWatches } from "./watch-sources.ts";

/** How often sources are looked at whose interval is shorter than the minute of the queue's tick. */
const QUICK_TICK_MS = 1_000;
const SWEEP_MS = 5_000;
/** How often the worker says that it answers: the status counts on a worker for some times as long. */
const ANSWER_MS = 2_000;
/** Patterns and the database's settings are looked at this often, in case a notification was lost. */
const RESCAN_MS = 60_000;

/** What makes a worker look at its sources: files and rows that change, settings, intervals, work that was left. */
export class SourceLooks {
  private readonly changed = new Set<string>();
  private readonly watches = new SourceWatches((id) => this.fileChanged(id));
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly files: Coalescer;
  private readonly edits: Coalescer;
  private readonly settings: Coalescer;
  private readonly quickTick: Coalescer;
  private readonly sweeps: Coalescer;
  private readonly answers: Coalescer;
  private readonly unreported: UnreportedEdits;
  private readonly workerId = randomUUID();

  constructor(
    private readonly registry: SourceRegistry,
    private readonly requests: LookRequests,
    private readonly labels: readonly string[],
  ) {
    const { log, pool } = requests;
    this.unreported = new UnreportedEdits(pool, log);
    this.files = patientCoalescer(() => this.lookAtFiles(), log);
    this.edits = patientCoalescer(() => this.lookAtEdits(), log);
    this.settings = patientCoalescer(() => this.refresh(), log);
    this.quickTick = patientCoalescer(() => this.tickQuickSources(), log);
    this.sweeps = patientCoalescer(() => this.sweep(), log);
    this.answers = patientCoalescer(() => this.answer(), log);
  }

  /** Starts watching; resolves when every later change would be noticed. */
  async start(): Promise<void> {
    const { registry } = this;
    await this.watches.watchList(registry.watcher, registry.sourcesFile, () => this.settings.now());
    await this.watches.watch(registry.all());
    await this.answers.run();
    this.every(ANSWER_MS, this.answers);
    this.every(QUICK_TICK_MS, this.quickTick);
    this.every(SWEEP_MS, this.sweeps);
    this.every(RESCAN_MS, this.settings);
  }

  /** Looks at every file and every edit, as all of them may have changed. */
  lookAtEverything(): void {
    // What is pulled tells of no change, and was pulled at the start.
    for (const { id, isPulled } of this.registry.all()) if (!isPulled) this.changed.add(id);
    this.files.now();
    this.edits.now();
  }

  rowsEdited(): void {
    this.edits.now();
  }

  settingsEdited(): void {
    this.settings.now();
  }

  /** Reads the list of sources again, and watches what it names now. */
  async refresh(): Promise<void> {
    if (!(await this.registry.refresh())) return;
    await this.watches.watch(this.registry.all());
    this.answers.now();
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.watches.close();
    const all = [this.answers, this.sweeps, this.quickTick, this.settings, this.edits, this.files];
    for (const coalescer of all) await coalescer.close();
    await forgetWorker(this.requests.pool, this.workerId).catch(() => undefined);
  }

  private every(ms: number, coalescer: Coalescer): void {
    this.timers.push(setInterval(() => coalescer.now(), ms));
  }

  private fileChanged(id: string): void {
    this.changed.add(id);
    this.files.now();
  }

  private async lookAtFiles(): Promise<void> {
    await forEachTaken(this.changed, async (id) => {
      const source = this.registry.get(id);
      if (source) await requestLook(this.requests, source, "watch", "file");
    });
  }

  private async lookAtEdits(): Promise<void> {
    for (const id of await sourcesWithEdits(this.requests.pool)) {
      const source = this.registry.get(id);
      if (source) await requestLook(this.requests, source, "database", "sql");
    }
  }

  private async tickQuickSources(): Promise<void> {
    const quick = this.registry.all().filter(({ settings }) => settings.sync_interval_minutes < 1);
    await tick(
      this.requests,
      quick.map(({ id }) => id),
    );
  }

  private async answer(): Promise<void> {
    const watches = this.watches.alive(this.registry.all());
    await saveAnswer(this.requests.pool, { id: this.workerId, labels: this.labels, watches });
  }

  private async sweep(): Promise<void> {
    const { pool, clock, log } = this.requests;
    const served = this.registry.all().map(({ id }) => id);
    await sweep(pool, clock, log, served);
    await this.unreported.look();
  }
}

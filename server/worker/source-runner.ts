import { Coalescer } from "../../lib/coalescer.ts";
import { recordFailure } from "../runs/record-failure.ts";
import type { RunResult } from "../runs/current-run.ts";
import type { CollectionContext } from "../runs/pull/collection-context.ts";
import { runPull } from "../runs/pull/run-pull.ts";
import { runSync } from "../runs/run-sync.ts";
import { type RunMemory, StartOver, type SourceContext } from "../runs/source-context.ts";
import { SourceLease } from "../store/source-lease.ts";
import { isLockTimeout } from "../store/source-lock.ts";
import type { KeptSnapshot } from "./snapshots.ts";
import { FileAuthors } from "./file-authors.ts";
import { scheduleRetry } from "./retry.ts";
import type { ProgressReporter } from "./report-progress.ts";

/** A pass starts over this often before it leaves the source to a later try. */
const MAX_ATTEMPTS = 20;
const BUSY_MS = 50;

/**
 * Runs one source in this process, one pass at a time. Wake-ups while a pass runs make one more
 * pass: what they came for may have been added after that pass had read its requests.
 */
export class SourceRunner {
  private readonly passes = new Coalescer(() => this.answerAll());
  private readonly authors: FileAuthors;
  /** The hold of the run that goes on now. */
  private lease: SourceLease | undefined;

  constructor(
    private readonly context: SourceContext | CollectionContext,
    /** The file as the last run left it. */
    private readonly kept: KeptSnapshot,
    private readonly reporter: ProgressReporter,
    /** Called after each pass that answered something. */
    readonly onRun: (result: RunResult) => void = () => undefined,
  ) {
    this.authors = new FileAuthors(context);
  }

  /** Resolves when everything that was waiting at the time of the call has been answered or put off. */
  wake(): Promise<void> {
    return this.passes.run();
  }

  /** Resolves when no pass is running, nor what comes after one. */
  async idle(): Promise<void> {
    await this.passes.idle();
    await this.authors.idle();
  }

  /** Whether a run hangs, for instance on a drive that does not answer. */
  get isStuck(): boolean {
    return this.lease?.isStuck ?? false;
  }

  private async answerAll(): Promise<void> {
    for (let again = true; again;) {
      const result = await this.pass();
      this.onRun(result);
      again = result.answered;
    }
  }

  private async pass(): Promise<RunResult> {
    const { context } = this;
    let memory: RunMemory = { snapshot: this.kept.get() };
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await this.run(memory);
        this.kept.set(result.snapshot);
        await this.reporter.finish();
        if (result.run) this.log(result);
        this.authors.noted(result);
        if (result.failures > 0) await scheduleRetry(context, result.failures);
        return result;
      } catch (error) {
        await this.reporter.finish();
        if ("stopping" in context && context.stopping.aborted) return LEFT;
        if (attempt >= MAX_ATTEMPTS || !(error instanceof StartOver || isLockTimeout(error))) {
          return this.giveUp(error);
        }
        context.log.debug({ attempt, reason: (error as Error).message }, "looking again");
        memory = withLearned(
          memory,
          error instanceof StartOver ? error.learned : { hint: { skipBusy: true } },
        );
        this.kept.set(memory.snapshot);
        await context.clock.wait(error instanceof StartOver ? error.afterMs : BUSY_MS * attempt);
      }
    }
  }

  private async run(memory: RunMemory): Promise<RunResult> {
    const { context } = this;
    const lease = new SourceLease(context.lease);
    this.lease = lease;
    try {
      return await ("collection" in context ? runPull(context, lease) : runSync(context, memory, lease));
    } finally {
      this.lease = undefined;
    }
  }

  private async giveUp(error: unknown): Promise<RunResult> {
    const { context } = this;
    context.log.error({ source: context.source, err: error }, "a run failed");
    // When PostgreSQL itself is away this throws too: the queue tries the job again, and the sweep.
    const { failures, rounds } = await recordFailure(context, error);
    await scheduleRetry(context, failures);
    return { run: null, answered: false, failures, rounds, snapshot: this.kept.get() };
  }

  private log({ run }: RunResult): void {
    if (!run) return;
    const { id, source, trigger, outcome, duration_ms, counts, halt } = run;
    const idle = outcome === "succeeded" && Object.values(counts).every((count) => count === 0);
    const level = outcome === "failed" || outcome === "halted" ? "warn" : idle ? "debug" : "info";
    this.context.log[level](
      { run: id, source, trigger, outcome, duration_ms, counts, halt: halt?.reason },
      "run finished",
    );
  }
}

/** The worker stops: the requests wait for the next one, which goes on where this one was. */
const LEFT: RunResult = { run: null, answered: false, failures: 0, rounds: [], snapshot: undefined };

function withLearned({ snapshot, hint }: RunMemory, learned: RunMemory): RunMemory {
  return { snapshot: snapshot ?? learned.snapshot, hint: { ...hint, ...learned.hint } };
}

import { Coalescer } from "../../lib/coalescer.ts";
import type { Phase } from "../../lib/protocol/status.ts";
import { publish } from "../store/publish.ts";
import type { Queryable } from "../store/pool.ts";
import { savePhase } from "../store/sources.ts";

/** Runs shorter than this are not shown as running; longer runs report about this often. */
const EVERY_MS = 300;

const IDLE = { phase: "idle", progress: null } as const;

/**
 * Stores the progress of a long run for other processes. It is outside the run's transaction and never delays
 * it.
 */
export class ProgressReporter {
  private startedAt: number | undefined;
  private lastAt = 0;
  private reported = false;
  private latest: { phase: Phase; progress: { done: number; total: number } | null } = IDLE;
  // Progress is a courtesy, so a failure is passed over; the run itself reports what matters.
  private readonly sends = new Coalescer(() => this.send());

  constructor(
    private readonly db: Queryable,
    private readonly source: string,
  ) {}

  report(phase: Phase, done: number, total: number): void {
    const now = performance.now();
    this.startedAt ??= now;
    if (now - Math.max(this.startedAt, this.lastAt) < EVERY_MS) return;
    this.lastAt = now;
    this.reported = true;
    this.latest = { phase, progress: { done, total } };
    this.sends.now();
  }

  /** The run is over, so that its progress is removed. */
  async finish(): Promise<void> {
    this.startedAt = undefined;
    if (!this.reported) return;
    this.reported = false;
    this.latest = IDLE;
    this.sends.now();
    await this.sends.idle();
  }

  private async send(): Promise<void> {
    const { phase, progress } = this.latest;
    await savePhase(this.db, this.source, phase, progress);
    await publish(this.db, [{ event: "sync_status_changed", source: this.source }]);
  }
}

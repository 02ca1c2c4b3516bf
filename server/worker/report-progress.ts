import type { Phase } from "../../lib/protocol/status.ts";
import { publish } from "../store/publish.ts";
import type { Queryable } from "../store/pool.ts";
import { savePhase } from "../store/sources.ts";

/** Runs shorter than this are never seen running; longer ones report about this often. */
const EVERY_MS = 300;

/** Tells others how far a long run is. Never part of the run's transaction, and never in its way. */
export class ProgressReporter {
  private startedAt: number | undefined;
  private lastAt = 0;
  private reported = false;
  private sending: Promise<void> = Promise.resolve();

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
    this.send(phase, { done, total });
  }

  /** The run is over: whatever was reported no longer holds. */
  async finish(): Promise<void> {
    this.startedAt = undefined;
    if (!this.reported) return;
    this.reported = false;
    this.send("idle", null);
    await this.sending;
  }

  private send(phase: Phase, progress: { done: number; total: number } | null): void {
    this.sending = this.sending
      .then(() => savePhase(this.db, this.source, phase, progress))
      .then(() => publish(this.db, [{ event: "sync_status_changed", source: this.source }]))
      // Progress is a courtesy; the run itself reports what matters.
      .catch(() => undefined);
  }
}

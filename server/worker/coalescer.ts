import type { Logger } from "../log.ts";

/**
 * Turns any number of "something happened" calls into as few looks as possible: one at a time, and
 * one more after a call that came during one. A look that fails is logged and tried again.
 */
export class Coalescer {
  private wanted = false;
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly look: () => Promise<void>,
    private readonly log: Logger,
    private readonly retryMs = 1_000,
  ) {}

  now(): void {
    this.wanted = true;
    this.running ??= this.loop();
  }

  async close(): Promise<void> {
    this.wanted = false;
    await this.running;
    // Only now: the last look may have failed and wound it up again.
    clearTimeout(this.timer);
  }

  private async loop(): Promise<void> {
    while (this.wanted) {
      this.wanted = false;
      try {
        await this.look();
      } catch (error) {
        this.log.warn({ err: error }, "could not ask for a run; trying again");
        this.timer = setTimeout(() => this.now(), this.retryMs);
      }
    }
    // In the same turn as the last look at `wanted`: a call in between would be nobody's.
    this.running = undefined;
  }
}

/** Works off a set. What is added again meanwhile has another turn, and what fails is left for the next look. */
export async function forEachTaken<T>(set: Set<T>, work: (item: T) => Promise<void>): Promise<void> {
  for (const item of [...set]) {
    // Before the work: whoever adds it from now on means something that the work may be too late to see.
    set.delete(item);
    try {
      await work(item);
    } catch (error) {
      set.add(item);
      throw error;
    }
  }
}

/** Called after work has failed; `again` asks for it once more, now or later. */
export type OnFailure = (error: unknown, again: () => void) => void;

/**
 * Turns any number of requests for the same work into as few passes as possible: one at a time, and one
 * more for all requests that came during a pass, because that pass may have been too late to see them.
 */
export class Coalescer {
  /** Ends with the present pass, however the pass ends. */
  private present: Promise<void> | undefined;
  /** The pass that has been asked for and has not begun. */
  private next: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly work: () => Promise<void>,
    private readonly onFailure: OnFailure = () => undefined,
  ) {}

  /** Asks for a pass. A failure is told to `onFailure` only. */
  now(): void {
    this.run().catch(() => undefined);
  }

  /**
   * Asks for a pass and waits for the first one that began after this call.
   * @throws what that pass threw. Resolves at once after `close`.
   */
  run(): Promise<void> {
    if (this.next) return this.next;
    if (!this.present) return this.begin();
    this.next = this.present.then(() => this.begin());
    return this.next;
  }

  /** Resolves when no pass is running and none has been asked for. */
  async idle(): Promise<void> {
    while (this.present ?? this.next) await (this.next?.catch(() => undefined) ?? this.present);
  }

  /** Drops what has not begun, and resolves when the present pass has ended. */
  async close(): Promise<void> {
    this.closed = true;
    await this.idle();
  }

  private begin(): Promise<void> {
    this.next = undefined;
    if (this.closed) return Promise.resolve();
    let end = () => {};
    // Before the work starts: it may itself ask for one more pass.
    this.present = new Promise((resolve) => {
      end = () => {
        this.present = undefined;
        resolve();
      };
    });
    const pass = this.attempt();
    pass.then(end, (error: unknown) => {
      end();
      this.onFailure(error, () => this.now());
    });
    return pass;
  }

  /** Turns an error that is thrown before the first await into a rejection too. */
  private async attempt(): Promise<void> {
    await this.work();
  }
}

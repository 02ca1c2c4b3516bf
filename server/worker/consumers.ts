import type { Worker, WorkerEvents } from "graphile-worker";

/** A consumer that could not ask for a job asks again after this time. */
const AGAIN_MS = 1_000;

/**
 * The queue's consumers in this process. A consumer asks for a job when it is nudged, and then goes on until none is left.
 * By itself it would have to ask all the time, and each time costs a statement.
 */
export class Consumers {
  private readonly all = new Set<Worker>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(events: WorkerEvents) {
    events.on("worker:create", ({ worker }) => this.all.add(worker));
    events.on("worker:release", ({ worker }) => this.all.delete(worker));
    events.on("worker:getJob:error", ({ worker }) =>
      this.later(AGAIN_MS, () => this.all.has(worker) && worker.nudge()),
    );
    // Notifications that came while the connection was away are lost.
    events.on("pool:listen:success", () => this.ask(this.all.size));
  }

  /** Lets as many idle consumers ask for a job. One that is just asking asks once more. */
  ask(most: number): void {
    let left = most;
    for (const worker of this.all) if (left > 0 && worker.nudge()) left--;
  }

  /** Lets a consumer ask for a job in so many milliseconds, when one will be due. */
  askIn(ms: number): void {
    this.later(ms, () => this.ask(1));
  }

  /** Ends the waiting. The consumers themselves are stopped by the queue. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.all.clear();
  }

  private later(ms: number, what: () => unknown): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      what();
    }, ms);
    this.timers.add(timer);
  }
}

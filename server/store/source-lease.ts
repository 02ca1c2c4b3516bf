import type pg from "pg";

/** How long a run keeps its source without a sign of life, in milliseconds. */
export interface LeaseTimes {
  /** PostgreSQL ends the session of a run that has sent no statement for this long. */
  ms: number;
  /** A run that does not get on for this long (its drive hangs) sends no more signs of life. */
  standstillMs: number;
}

/** The lease is shorter than what a run waits for the one before it. */
export const LEASE: LeaseTimes = { ms: 30_000, standstillMs: 300_000 };

interface Moment {
  monotonic: number;
  wall: number;
}

/**
 * A run's hold on its source. PostgreSQL ends the session of a run that is silent for the lease, and the source's lock
 * and what is not committed go with it. This breaks the silence while the run gets on, also where it computes or
 * writes to a disk for long. A process that is stopped, or whose machine sleeps, is silent.
 */
export class SourceLease {
  readonly ms: number;
  private readonly standstillMs: number;
  private tx: pg.PoolClient | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** When the last statement of ours was sent that was answered, or the run began. */
  private heldAt: Moment = now();
  private proven = false;
  private movedAt = performance.now();
  private renewing = false;
  private broken = false;

  constructor(times: Partial<LeaseTimes> = {}) {
    const { ms, standstillMs } = { ...LEASE, ...times };
    this.ms = ms;
    this.standstillMs = standstillMs;
  }

  /** From now on this transaction is the run's. */
  hold(tx: pg.PoolClient): void {
    this.tx = tx;
    this.heldAt = now();
    this.moved();
    tx.on("drain", this.onDrain);
    tx.on("error", this.onError);
    this.timer = setInterval(() => this.beat(), this.ms / 4);
  }

  /** The run is over. */
  end(): void {
    clearInterval(this.timer);
    this.tx?.off("drain", this.onDrain);
    this.tx?.off("error", this.onError);
  }

  /** The run has got on. */
  moved(): void {
    this.movedAt = performance.now();
  }

  /**
   * Renews the lease.
   * @returns the id of the run's transaction, which is in progress as long as the run has the source.
   */
  async renew(): Promise<string> {
    const sent = now();
    const answer = await this.tx?.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
    const id = answer?.rows[0]?.id;
    if (id === undefined) throw new Error("the run has no transaction");
    this.heldAt = sent;
    this.proven = true;
    return id;
  }

  /**
   * Whether no other run can have the source yet, as far as this process can tell without asking: it was renewed, and
   * half of that is left.
   */
  readonly mayWrite = (): boolean => this.proven && age(this.heldAt) < this.ms / 2;

  /** Whether the run has not got on for so long that its source is no longer its own. It may never come to an end. */
  get isStuck(): boolean {
    return performance.now() - this.movedAt > this.standstillMs + this.ms;
  }

  /** Whether the connection is gone after a silence of the lease: another run may have the source. */
  get isLost(): boolean {
    return this.broken && age(this.heldAt) >= this.ms;
  }

  private readonly onDrain = () => {
    // Statements of the run were answered, not only ours.
    if (!this.renewing) this.moved();
  };

  private readonly onError = () => {
    this.broken = true;
  };

  private beat(): void {
    // The last one is not answered yet, so PostgreSQL is at work on a statement of the run.
    if (this.renewing) this.moved();
    if (this.renewing || performance.now() - this.movedAt > this.standstillMs) return;
    this.renewing = true;
    // When it fails, the run's next statement says why.
    void this.renew()
      .catch(() => undefined)
      .finally(() => (this.renewing = false));
  }
}

function now(): Moment {
  return { monotonic: performance.now(), wall: Date.now() };
}

/** By the clock that has gone on further: one may stand while the machine sleeps, and the other may be set back. */
function age(then: Moment): number {
  const { monotonic, wall } = now();
  return Math.max(monotonic - then.monotonic, wall - then.wall);
}

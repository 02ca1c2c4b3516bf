import type pg from "pg";
import type { Strategy } from "../../lib/sync/types.ts";
import type { Clock } from "../clock.ts";
import type { Endpoint, Snapshot } from "../endpoints/endpoint.ts";
import type { Logger } from "../log.ts";
import type { LeaseTimes } from "../store/source-lease.ts";

/** What a worker brings to the runs of one source. */
export interface SourceContext {
  source: string;
  pool: pg.Pool;
  clock: Clock;
  log: Logger;
  endpoint: Endpoint;
  /** Strategy used where the source's settings do not set one. */
  strategy: Strategy;
  /** How long a run keeps the source without a sign of life; left out: as usual. */
  lease?: Partial<LeaseTimes>;
  /** Told what a long run is doing; it is cheap, and never part of the run's transaction. */
  progress(phase: "reading" | "reconciling" | "executing" | "saving", done: number, total: number): void;
}

/** What a run gets from the runs and attempts before it in this process. */
export interface RunMemory {
  /** The file as last read: only a cache, checked against the source's revision before it is believed. */
  snapshot?: Snapshot | undefined;
  hint?: RetryHint;
}

/** What the attempts before this one have learned. */
export interface RetryHint {
  /** A task was missing in this revision: seen once more, it counts as deleted. */
  revision?: string;
  /** For so many milliseconds this run has waited for a save of the file to end. */
  waitedMs?: number;
  /** Rows were locked for too long: go on without the rows that are still locked. */
  skipBusy?: boolean;
}

/** The run gave everything back and is to start over: a side moved, or two reads must agree. */
export class StartOver extends Error {
  override readonly name = "StartOver";
  constructor(
    readonly reason: string,
    readonly afterMs: number,
    /** What the next attempt is to know; a read that was costly is not repeated. */
    readonly learned: RunMemory = {},
  ) {
    super(reason);
  }
}

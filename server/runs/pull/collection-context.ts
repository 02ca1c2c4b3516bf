import type pg from "pg";
import type { Clock } from "../../clock.ts";
import type { Collection } from "../../endpoints/collection.ts";
import type { Logger } from "../../log.ts";
import type { LeaseTimes } from "../../store/source-lease.ts";

/** What a worker brings to the runs of a source that is pulled. */
export interface CollectionContext {
  source: string;
  pool: pg.Pool;
  clock: Clock;
  log: Logger;
  collection: Collection;
  lease?: Partial<LeaseTimes>;
  progress(phase: "reading" | "reconciling" | "executing" | "saving", done: number, total: number): void;
  /** Aborted when the worker stops: a pull is left where it is, and the next start goes on with it. */
  stopping: AbortSignal;
}

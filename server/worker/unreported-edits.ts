import { performance } from "node:perf_hooks";
import type pg from "pg";
import type { Logger } from "../log.ts";
import { reportUnreportedEdits, writesOfTasks } from "../store/unreported-edits.ts";

/** Between two comparisons passes this long at least, in milliseconds. */
const LEAST_PAUSE_MS = 10_000;
/** And this many times what the last one took: so they take two hundredths of the time at most. */
const PAUSE_FACTOR = 50;

/**
 * Finds edits of rows that were made with triggers off. At rest it asks for a counter only. When the counter has
 * moved, for any reason, the database compares all rows with what was agreed.
 */
export class UnreportedEdits {
  private seen: string | null = null;
  private notBefore = -Infinity;

  /** @param now milliseconds of a clock that is never set back. */
  constructor(
    private readonly pool: pg.Pool,
    private readonly log: Logger,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async look(): Promise<void> {
    const started = this.now();
    if (started < this.notBefore) return;
    // Read first: a write that comes during the comparison moves it again.
    const writes = await writesOfTasks(this.pool);
    if (writes !== null && writes === this.seen) return;
    const tasks = await reportUnreportedEdits(this.pool);
    this.seen = writes;
    const ended = this.now();
    this.notBefore = ended + Math.max(LEAST_PAUSE_MS, PAUSE_FACTOR * (ended - started));
    if (tasks > 0) this.log.warn({ tasks }, "rows were edited with triggers off; they are synced now");
  }
}

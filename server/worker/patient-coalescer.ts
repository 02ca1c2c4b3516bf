import { Coalescer } from "../../lib/coalescer.ts";
import type { Logger } from "../log.ts";

/**
 * A coalescer whose work is tried again after `retryMs` milliseconds when it fails, until it is closed. One retry waits at a
 * time: others ask for the work meanwhile, and a retry for each of their failures would try more often the longer the
 * database is away.
 */
export function patientCoalescer(work: () => Promise<void>, log: Logger, retryMs = 1_000): Coalescer {
  let waiting = false;
  return new Coalescer(work, (error, again) => {
    if (waiting) return;
    waiting = true;
    log.warn({ err: error }, "could not ask for a run; trying again");
    setTimeout(() => {
      waiting = false;
      again();
    }, retryMs).unref();
  });
}

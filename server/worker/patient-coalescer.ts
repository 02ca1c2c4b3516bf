import { Coalescer } from "../../lib/coalescer.ts";
import type { Logger } from "../log.ts";

/** A coalescer whose work is tried again after `retryMs` milliseconds when it fails, until it is closed. */
export function patientCoalescer(work: () => Promise<void>, log: Logger, retryMs = 1_000): Coalescer {
  return new Coalescer(work, (error, again) => {
    log.warn({ err: error }, "could not ask for a run; trying again");
    setTimeout(again, retryMs).unref();
  });
}

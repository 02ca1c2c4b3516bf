import { Coalescer } from "../../lib/coalescer.ts";
import { pool } from "../store/pool.ts";
import { wakeNow } from "../store/wake.ts";

const wakes = new Map<string, Coalescer>();

/**
 * Wakes a worker for the source, for a request that has been committed. Edits that commit together share a wake-up, and
 * none of them waits for it. When it fails, or this process ends first, the workers' sweep finds the request.
 */
export function wakeAfterCommit(source: string): void {
  let wake = wakes.get(source);
  if (!wake) wakes.set(source, (wake = new Coalescer(() => wakeNow(pool(), source))));
  wake.now();
}

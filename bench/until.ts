import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";

const LONGEST_MS = 600_000;

/** Resolves when the condition holds. @throws Error when it does not hold within ten minutes. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const started = performance.now(); ; await delay(20)) {
    if (await condition()) return;
    if (performance.now() - started > LONGEST_MS) throw new Error(`not in time: ${what}`);
  }
}

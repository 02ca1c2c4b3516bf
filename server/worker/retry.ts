import type { SourceContext } from "../runs/source-context.ts";
import { wakeLater } from "../store/wake.ts";

const FIRST_MS = 500;
const LONGEST_MS = 60_000;

/** Doubles from half a second to a minute. */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
}

/** Wakes some worker for this source after a while, whatever happens to this process meanwhile. */
export async function scheduleRetry({ pool, source }: SourceContext, failures: number): Promise<void> {
  await wakeLater(pool, source, backoffMs(failures));
}

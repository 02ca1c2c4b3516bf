import type { SourceContext } from "../runs/source-context.ts";
import { wakeLater } from "../store/wake.ts";

const FIRST_MS = 500;
const LONGEST_MS = 60_000;

/** Delay in milliseconds before the next try: it doubles from half a second to a minute. */
function backoffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
}

/** Wakes a worker for this source after a delay, even when this process has ended by then. */
export async function scheduleRetry(
  { pool, source }: Pick<SourceContext, "pool" | "source">,
  failures: number,
): Promise<void> {
  await wakeLater(pool, source, backoffMs(failures));
}

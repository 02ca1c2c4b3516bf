import type { SourceContext } from "../runs/source-context.ts";
import { queueTaskOf } from "../store/wake.ts";

const FIRST_MS = 500;
const LONGEST_MS = 60_000;

/** Doubles from half a second to a minute. */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
}

/** Wakes some worker for this source after a while, whatever happens to this process meanwhile. */
export async function scheduleRetry({ pool, source }: SourceContext, failures: number): Promise<void> {
  await pool.query(
    `SELECT graphile_worker.add_job(${queueTaskOf("$1::text")}, json_build_object('source', $1::text, 'retry', true), job_key => 'retry:' || $1::text,
            run_at => now() + $2 * interval '1 millisecond', max_attempts => 5)`,
    [source, backoffMs(failures)],
  );
}

import { DEFAULT_LABEL } from "../../lib/source/settings.ts";
import type { Queryable } from "./pool.ts";

/** The queue's task for sources of this label: a job never lands with a worker that cannot reach the file. */
export function syncTask(label: string): string {
  return `sync:${label}`;
}

/** SQL for the task of the source whose id the expression gives: by its settings as they are now. */
function queueTaskOf(source: string): string {
  return `'sync:' || coalesce((SELECT coalesce(its.settings ->> 'worker', its.base -> 'settings' ->> 'worker') FROM sources its WHERE its.id = ${source}), '${DEFAULT_LABEL}')`;
}

/** SQL that wakes a worker for the source. Its key makes many wake-ups one; a job only wakes, what is wanted stands in rows. */
export function wake(source: string, priority = "0"): string {
  return `graphile_worker.add_job(${queueTaskOf(source)}, json_build_object('source', ${source}), job_key => 'sync:' || ${source}, max_attempts => 5, priority => ${priority})`;
}

/** Wakes a worker for the source in `afterMs` milliseconds, as a retry. A later call moves the time. */
export async function wakeLater(db: Queryable, source: string, afterMs: number): Promise<void> {
  await db.query(
    `SELECT graphile_worker.add_job(${queueTaskOf("$1::text")}, json_build_object('source', $1::text, 'retry', true), job_key => 'retry:' || $1::text,
            run_at => now() + $2 * interval '1 millisecond', max_attempts => 5)`,
    [source, afterMs],
  );
}

import { DEFAULT_LABEL } from "../../lib/source/settings.ts";
import type { Queryable } from "./pool.ts";

/**
 * The queue's name for sources of this label, so that a job never reaches a worker that cannot reach the
 * file.
 */
export function syncTask(label: string): string {
  return `sync:${label}`;
}

/** SQL for the queue of a source, by its present settings. `source` is an SQL expression for its id. */
function queueTaskOf(source: string): string {
  return `'sync:' || coalesce((SELECT coalesce(its.settings ->> 'worker', its.base -> 'settings' ->> 'worker') FROM sources its WHERE its.id = ${source}), '${DEFAULT_LABEL}')`;
}

/**
 * SQL that wakes a worker for the source. The job key merges several wake-ups. A job only wakes the worker;
 * the requests are rows.
 */
export function wake(source: string, priority = "0"): string {
  return (
    `graphile_worker.add_job(${queueTaskOf(source)}, json_build_object('source', ${source}), job_key => ` +
    `'sync:' || ${source}, max_attempts => 5, priority => ${priority})`
  );
}

/**
 * Wakes a worker for the source now. Should a crash of PostgreSQL lose the job, the sweep wakes a worker, so the commit
 * need not wait for the disk.
 */
export async function wakeNow(db: Queryable, source: string): Promise<void> {
  await db.query(`SELECT set_config('synchronous_commit', 'off', true), ${wake("$1::text")}`, [source]);
}

/** Wakes a worker for the source in `afterMs` milliseconds, as a retry. A later call moves the time. */
export async function wakeLater(db: Queryable, source: string, afterMs: number): Promise<void> {
  await db.query(
    `SELECT graphile_worker.add_job(${queueTaskOf("$1::text")}, json_build_object('source', $1::text, 'retry', true), job_key => 'retry:' || $1::text,
            run_at => now() + $2 * interval '1 millisecond', max_attempts => 5)`,
    [source, afterMs],
  );
}

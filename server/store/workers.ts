import { DEFAULT_LABEL } from "../../lib/source/settings.ts";
import type { Queryable } from "./pool.ts";

/**
 * The name of a worker's listening connections, followed by a label. The connections live exactly as long as
 * the worker.
 */
const WORKER_NAME = "lockstep worker:";

export function workerName(label: string): string {
  return `${WORKER_NAME}${label}`;
}

/** The labels that have a running worker. */
export async function runningLabels(db: Queryable): Promise<Set<string>> {
  const { rows } = await db.query<{ name: string }>(
    "SELECT DISTINCT application_name AS name FROM pg_stat_activity WHERE " +
      "starts_with(application_name, $1) AND datname = current_database()",
    [WORKER_NAME],
  );
  return new Set(rows.map(({ name }) => name.slice(WORKER_NAME.length)));
}

/**
 * The label whose workers serve the source, whether one of these workers is running, and whether any worker
 * is.
 */
export async function workerOf(
  db: Queryable,
  source: string,
): Promise<{ label: string; running: boolean; removed: boolean }> {
  const { rows } = await db.query<{ label: string; running: boolean; removed: boolean }>(
    `SELECT label, EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = $2 || label
      AND datname = current_database()) AS running,
            EXISTS (SELECT 1 FROM sources r WHERE r.id = $1 AND r.removed_at IS NOT NULL) AS removed
       FROM (SELECT coalesce((SELECT s.settings ->> 'worker' FROM sources s WHERE s.id = $1),
                             (SELECT s.base -> 'settings' ->> 'worker' FROM sources s WHERE s.id = $1),
                               $3) AS label) AS its`,
    [source, WORKER_NAME, DEFAULT_LABEL],
  );
  return rows[0] ?? { label: DEFAULT_LABEL, running: false, removed: false };
}

/** The reason, for a person who waits for a run. */
export function noWorker(label: string): string {
  return label === DEFAULT_LABEL ? "no worker is running" : `no worker with the label ${label} is running`;
}

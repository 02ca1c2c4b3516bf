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

/** A worker that has not answered for longer than this is not counted on. */
const SILENT_AFTER = "10 seconds";

/** SQL: a worker with this label is connected and has answered lately. A stopped process stays connected. */
const isRunning = (label: string) =>
  `(EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = '${WORKER_NAME}' || ${label}
             AND datname = current_database())
    AND EXISTS (SELECT 1 FROM workers WHERE ${label} = ANY(labels)
             AND answered_at > clock_timestamp() - interval '${SILENT_AFTER}'))`;

/** Stores that the worker answers, and for which sources it would notice a change of the file. */
export async function saveAnswer(
  db: Queryable,
  { id, labels, watches }: { id: string; labels: readonly string[]; watches: readonly string[] },
): Promise<void> {
  await db.query(
    `WITH gone AS (DELETE FROM workers WHERE answered_at < clock_timestamp() - interval '1 hour')
     INSERT INTO workers (id, labels, watches) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET watches = excluded.watches, answered_at = clock_timestamp()`,
    [id, labels, watches],
  );
}

/** A worker that ends in order leaves nothing behind that would speak for it. */
export async function forgetWorker(db: Queryable, id: string): Promise<void> {
  await db.query("DELETE FROM workers WHERE id = $1", [id]);
}

/** What is known of the workers: by label when one answered last, and the sources that are watched. */
export interface WorkersKnown {
  /** Labels that have a worker which is connected and answers. */
  running: ReadonlySet<string>;
  answeredAt: ReadonlyMap<string, Date>;
  watched: ReadonlySet<string>;
}

export async function loadWorkers(db: Queryable): Promise<WorkersKnown> {
  const { rows } = await db.query<{ label: string; running: boolean; at: Date; watches: string[] }>(
    `SELECT label, ${isRunning("label")} AS running, answered_at AS at,
            CASE WHEN answered_at > clock_timestamp() - interval '${SILENT_AFTER}' THEN watches ELSE '{}' END AS watches
       FROM workers, unnest(labels) AS label ORDER BY answered_at`,
  );
  return {
    running: new Set(rows.flatMap(({ label, running }) => (running ? [label] : []))),
    answeredAt: new Map(rows.map(({ label, at }) => [label, at])),
    watched: new Set(rows.flatMap(({ watches }) => watches)),
  };
}

/**
 * The label whose workers serve the source, whether one of these workers is running, and whether the source
 * was removed.
 */
export async function workerOf(
  db: Queryable,
  source: string,
): Promise<{ label: string; running: boolean; removed: boolean }> {
  const { rows } = await db.query<{ label: string; running: boolean; removed: boolean }>(
    `SELECT label, ${isRunning("label")} AS running,
            EXISTS (SELECT 1 FROM sources r WHERE r.id = $1 AND r.removed_at IS NOT NULL) AS removed
       FROM (SELECT coalesce((SELECT s.settings ->> 'worker' FROM sources s WHERE s.id = $1),
                             (SELECT s.base -> 'settings' ->> 'worker' FROM sources s WHERE s.id = $1),
                               $2) AS label) AS its`,
    [source, DEFAULT_LABEL],
  );
  return rows[0] ?? { label: DEFAULT_LABEL, running: false, removed: false };
}

/** The reason, for a person who waits for a run. */
export function noWorker(label: string): string {
  return label === DEFAULT_LABEL ? "no worker is running" : `no worker with the label ${label} is running`;
}

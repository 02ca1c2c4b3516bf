import { ABOUT_FILE } from "./ancestors.ts";
import { CONTENT_NAMES } from "./content-columns.ts";
import type { Queryable } from "./pool.ts";

/** Who edited rows with triggers off: nothing says it. */
const UNKNOWN = "sql:unknown";

/**
 * What moves with every write of `tasks`: the counters of PostgreSQL's statistics, which no trigger keeps, and the
 * table's file, which TRUNCATE replaces. The counters follow a commit within some seconds.
 * @returns null where PostgreSQL does not count (`track_counts`).
 */
export async function writesOfTasks(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ writes: string | null }>(
    `SELECT CASE WHEN current_setting('track_counts')::boolean THEN concat_ws(' ', pg_relation_filenode(c),
              pg_stat_get_tuples_inserted(c), pg_stat_get_tuples_updated(c), pg_stat_get_tuples_deleted(c)) END AS writes
       FROM (SELECT 'tasks'::regclass::oid AS c) AS its`,
  );
  return rows[0]?.writes ?? null;
}

const content = (table: string) => CONTENT_NAMES.map((column) => `${table}.${column}`).join(", ");

/**
 * A difference that a run leaves is pending, and an edit that a trigger saw is in the outbox. A row that differs from the
 * ancestor and is in neither was written with triggers off. One statement sees the state between two commits, so an
 * edit is never there without its line in the outbox.
 */
const UNREPORTED = `
  SELECT d.source, d.id, d.before, d.after
    FROM (SELECT coalesce(t.source, a.source) AS source, coalesce(t.id, a.id) AS id, to_jsonb(t) AS after,
                 to_jsonb(a) - '{${ABOUT_FILE.join()}}'::text[] AS before
            FROM tasks t FULL JOIN ancestors a ON a.source = t.source AND a.id = t.id
           WHERE (t.id IS NULL, ${content("t")}) IS DISTINCT FROM (a.id IS NULL, ${content("a")})) d
    JOIN sources s ON s.id = d.source AND s.removed_at IS NULL AND s.compared_at IS NOT NULL
   WHERE NOT EXISTS (SELECT 1 FROM pending_tasks p WHERE p.source = d.source AND p.task_id = d.id)
     AND NOT EXISTS (SELECT 1 FROM task_edits e WHERE e.source = d.source AND (e.task_id = d.id OR e.task_id IS NULL))
     AND NOT EXISTS (SELECT 1 FROM file_intents i WHERE i.source = d.source)`;

/**
 * Puts edits of rows that no trigger has seen into the outbox and the audit, and tells the workers.
 * @returns how many tasks they concern.
 */
export async function reportUnreportedEdits(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `WITH unreported AS MATERIALIZED (${UNREPORTED}),
     noted AS (INSERT INTO task_edits (source, task_id, actor) SELECT source, id, $1 FROM unreported),
     audited AS (
       INSERT INTO audit_entries (actor, action, subject, subject_id, source, task_id, before, after, detail)
       SELECT $1, CASE WHEN before IS NULL THEN 'task_created' WHEN after IS NULL THEN 'task_deleted' ELSE 'task_updated' END,
              'task', id, source, id, before, after, '{"triggers": "off"}' FROM unreported)
     SELECT count(*)::int AS count, CASE WHEN count(*) > 0 THEN pg_notify('lockstep_edits', '') END AS told
       FROM unreported`,
    [UNKNOWN],
  );
  return rows[0]?.count ?? 0;
}

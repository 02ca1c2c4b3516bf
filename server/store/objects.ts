import type { FoundObject, StoredFingerprint } from "./object-types.ts";
import type { Queryable } from "./pool.ts";

/** Where objects belong, and the run that writes them. */
export interface ObjectsOf {
  source: string;
  type: string;
  parentSource: string | null;
  runId: string;
}

/**
 * Looks each wanted key up in the index by source and key. The LIMIT keeps PostgreSQL from reading all objects of the
 * source instead, which it prefers while it has no statistics of a table that a first pull fills.
 */
const eachByItsKey = (source: string): string =>
  `CROSS JOIN LATERAL (SELECT * FROM stored_objects s WHERE s.source = ${source} AND s.external_id = wanted.key LIMIT 1) o`;

/** What is stored of these keys. */
export async function fingerprintsOf(
  tx: Queryable,
  source: string,
  keys: readonly string[],
): Promise<Map<string, StoredFingerprint>> {
  const { rows } = await tx.query<StoredFingerprint & { external_id: string }>(
    `SELECT external_id, fingerprint, parent_id AS parent, deleted_at IS NOT NULL AS deleted
       FROM unnest($2::text[]) AS wanted (key) ${eachByItsKey("$1")}`,
    [source, keys],
  );
  return new Map(rows.map(({ external_id, ...stored }) => [external_id, stored]));
}

/**
 * The objects as one JSON text, which both ends read in less time than one array for each column.
 * @param at the number of the parameter.
 */
const given = (at: number): string =>
  `json_to_recordset($${at}::json) AS g (k text, p text, d jsonb, f text, u timestamptz)`;

function toJson(objects: readonly FoundObject[]): string {
  const rows = objects.map(({ key, parent, text, fingerprint, updatedAt }) => {
    const rest = JSON.stringify({ k: key, p: parent, f: fingerprint, u: updatedAt });
    return `${rest.slice(0, -1)},"d":${text}}`;
  });
  return `[${rows.join(",")}]`;
}

/** Writes objects that are not stored yet, also not as deleted ones, with their history. */
export async function addObjects(
  tx: Queryable,
  { source, type, parentSource, runId }: ObjectsOf,
  objects: readonly FoundObject[],
): Promise<void> {
  if (objects.length === 0) return;
  await tx.query(
    `WITH written AS (
       INSERT INTO stored_objects (source, type, parent_source, external_id, parent_id, data, fingerprint, updated_at)
       SELECT $1, $2, $3, k, p, d, f, u FROM ${given(5)} RETURNING external_id, data)
     INSERT INTO object_changes (run_id, source, external_id, action, after)
     SELECT $4, $1, external_id, 'create', data FROM written`,
    [source, type, parentSource, runId, toJson(objects)],
  );
}

/** Writes objects that differ from what is stored, with their history. */
export async function changeObjects(
  tx: Queryable,
  { source, type, parentSource, runId }: ObjectsOf,
  objects: readonly FoundObject[],
): Promise<void> {
  if (objects.length === 0) return;
  await tx.query(
    `WITH given AS (
       SELECT k AS key, p AS parent_id, d AS data, f AS fingerprint, u AS updated_at FROM ${given(5)}),
     before AS (
       SELECT o.external_id, o.data, o.deleted_at FROM given AS wanted ${eachByItsKey("$1")}),
     written AS (
       INSERT INTO stored_objects (source, type, parent_source, external_id, parent_id, data, fingerprint, updated_at)
       SELECT $1, $2, $3, key, parent_id, data, fingerprint, updated_at FROM given
       ON CONFLICT (source, external_id) DO UPDATE SET type = excluded.type, parent_source = excluded.parent_source,
         parent_id = excluded.parent_id, data = excluded.data, fingerprint = excluded.fingerprint,
         updated_at = excluded.updated_at, last_seen_at = clock_timestamp(), changed_at = clock_timestamp(), deleted_at = NULL)
     INSERT INTO object_changes (run_id, source, external_id, action, before, after)
     SELECT $4, $1, g.key, CASE WHEN b.external_id IS NULL OR b.deleted_at IS NOT NULL THEN 'create' ELSE 'update' END,
            CASE WHEN b.deleted_at IS NULL THEN b.data END, g.data
       FROM given g LEFT JOIN before b ON b.external_id = g.key`,
    [source, type, parentSource, runId, toJson(objects)],
  );
}

/** Notes that objects were seen again as they are. */
export async function touchObjects(tx: Queryable, source: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    "UPDATE stored_objects SET last_seen_at = clock_timestamp() WHERE source = $1 AND external_id = ANY($2::text[])",
    [source, keys],
  );
}

/** Marks objects as gone, with their history. @returns how many there were. */
export async function deleteObjects(
  tx: Queryable,
  { source, runId }: Pick<ObjectsOf, "source" | "runId">,
  keys: readonly string[],
): Promise<number> {
  if (keys.length === 0) return 0;
  const { rowCount } = await tx.query(
    `WITH gone AS (
       UPDATE stored_objects SET deleted_at = clock_timestamp(), changed_at = clock_timestamp()
        WHERE source = $1 AND external_id = ANY($2::text[]) AND deleted_at IS NULL RETURNING external_id, data)
     INSERT INTO object_changes (run_id, source, external_id, action, before)
     SELECT $3, $1, external_id, 'delete', data FROM gone`,
    [source, keys, runId],
  );
  return rowCount ?? 0;
}

/** How many objects a source has. */
export async function countObjects(db: Queryable, source: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM stored_objects WHERE source = $1 AND deleted_at IS NULL",
    [source],
  );
  return rows[0]?.count ?? 0;
}

/** Objects whose parent is not there, in number and a few by name. Only of lists whose items name their parent. */
export async function orphansOf(
  db: Queryable,
  source: string,
  parentSource: string,
): Promise<{ count: number; some: { key: string; parent: string }[] }> {
  const { rows } = await db.query<{ key: string; parent: string; count: number }>(
    `SELECT o.external_id AS key, o.parent_id AS parent, count(*) OVER ()::int AS count
       FROM stored_objects o
      WHERE o.source = $1 AND o.deleted_at IS NULL AND o.parent_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM stored_objects p
                         WHERE p.source = $2 AND p.external_id = o.parent_id AND p.deleted_at IS NULL)
      ORDER BY o.id LIMIT 3`,
    [source, parentSource],
  );
  return { count: rows[0]?.count ?? 0, some: rows.map(({ key, parent }) => ({ key, parent })) };
}

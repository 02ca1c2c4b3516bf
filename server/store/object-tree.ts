import type { JsonMap } from "../../lib/json.ts";
import type { Queryable } from "./pool.ts";

const BATCH = 500;

/** An object by which a list is asked for. */
export interface StoredParent {
  key: string;
  data: JsonMap;
  deleted: boolean;
}

/** The objects of a source in the order of their keys, a part at a time; only those of `keys` where these are given. */
export async function* eachObject(
  db: Queryable,
  source: string,
  keys: readonly string[] | null,
): AsyncGenerator<StoredParent[]> {
  for (let last = ""; ;) {
    const { rows } = await db.query<StoredParent>(
      `SELECT external_id AS key, data, deleted_at IS NOT NULL AS deleted FROM stored_objects
        WHERE source = $1 AND external_id COLLATE "C" > $2 AND ($3::text[] IS NULL AND deleted_at IS NULL OR external_id = ANY($3))
        ORDER BY external_id COLLATE "C" LIMIT ${BATCH}`,
      [source, last, keys],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    last = rows.at(-1)?.key ?? "";
  }
}

/** The objects of `source` that are, or hang below, these objects of another source; also those that are gone. */
export async function keysBelow(
  db: Queryable,
  source: string,
  roots: { source: string; ids: readonly string[] },
): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>(
    `WITH RECURSIVE below AS (
       SELECT source, external_id FROM stored_objects WHERE source = $2 AND external_id = ANY($3::text[])
       UNION
       SELECT c.source, c.external_id FROM below b
         JOIN stored_objects c ON c.parent_source = b.source AND c.parent_id = b.external_id)
     SELECT external_id AS key FROM below WHERE source = $1`,
    [source, roots.source, roots.ids],
  );
  return rows.map(({ key }) => key);
}

/** The objects of `source` that these runs changed. */
export async function keysChangedBy(
  db: Queryable,
  source: string,
  runs: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>(
    "SELECT DISTINCT external_id AS key FROM object_changes WHERE run_id = ANY($2::uuid[]) AND source = $1",
    [source, runs],
  );
  return rows.map(({ key }) => key);
}

/** One object with its parent's; null when it was never seen. */
export async function objectWithParent(
  db: Queryable,
  source: string,
  key: string,
): Promise<{ parent: StoredParent | null } | null> {
  const { rows } = await db.query<{ key: string | null; data: JsonMap; deleted: boolean }>(
    `SELECT p.external_id AS key, p.data, p.deleted_at IS NOT NULL AS deleted
       FROM stored_objects o
       LEFT JOIN stored_objects p ON p.source = o.parent_source AND p.external_id = o.parent_id
      WHERE o.source = $1 AND o.external_id = $2`,
    [source, key],
  );
  const [row] = rows;
  if (!row) return null;
  return { parent: row.key === null ? null : { key: row.key, data: row.data, deleted: row.deleted } };
}

/** When the source was last pulled as a whole; null: never. */
export async function lastPulled(
  db: Queryable,
  source: string,
): Promise<{ fullAt: Date | null; checkedAt: Date | null }> {
  const { rows } = await db.query<{ full_at: Date | null; checked_at: Date | null }>(
    "SELECT full_at, checked_at FROM object_sources WHERE source = $1",
    [source],
  );
  return { fullAt: rows[0]?.full_at ?? null, checkedAt: rows[0]?.checked_at ?? null };
}

/** The sources whose objects hang, through others too, from those of a source. */
export async function collectionsBelow(db: Queryable, source: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `WITH RECURSIVE below AS (
       SELECT id FROM sources WHERE parent_source = $1
       UNION
       SELECT s.id FROM below b JOIN sources s ON s.parent_source = b.id)
     SELECT id FROM below WHERE id <> $1`,
    [source],
  );
  return rows.map(({ id }) => id);
}

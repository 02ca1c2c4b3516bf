import type { Queryable } from "./pool.ts";

/** Notes that keys were seen. @returns those that this pass had not seen before. */
export async function noteSeen(
  tx: Queryable,
  pull: string,
  pass: number,
  keys: readonly string[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await tx.query<{ external_id: string }>(
    `INSERT INTO object_sightings (pull, pass, external_id) SELECT $1, $2, key FROM unnest($3::text[]) AS key
     ON CONFLICT (pull, external_id) DO UPDATE SET pass = excluded.pass WHERE object_sightings.pass < excluded.pass
     RETURNING external_id`,
    [pull, pass, keys],
  );
  return new Set(rows.map(({ external_id }) => external_id));
}

/** Notes that a list is as it was: each of its objects counts as seen. `parent` null: the list of the whole source. */
export async function noteListSeen(
  tx: Queryable,
  pull: string,
  pass: number,
  { source, parent }: { source: string; parent: string | null },
): Promise<number> {
  const { rowCount } = await tx.query(
    `INSERT INTO object_sightings (pull, pass, external_id)
     SELECT $1, $2, external_id FROM stored_objects
      WHERE source = $3 AND deleted_at IS NULL AND ($4::text IS NULL OR parent_id = $4)
     ON CONFLICT (pull, external_id) DO UPDATE SET pass = excluded.pass WHERE object_sightings.pass < excluded.pass`,
    [pull, pass, source, parent],
  );
  return rowCount ?? 0;
}

/** How many keys a pull has seen in all its passes. */
export async function countSeen(tx: Queryable, pull: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM object_sightings WHERE pull = $1",
    [pull],
  );
  return rows[0]?.count ?? 0;
}

/**
 * The objects that a pull should have seen and did not.
 * @param parents those whose lists it read; null: all.
 */
export async function missingFrom(
  tx: Queryable,
  pull: string,
  source: string,
  parents: readonly string[] | null,
): Promise<{ key: string; parent: string | null }[]> {
  const { rows } = await tx.query<{ key: string; parent: string | null }>(
    `SELECT o.external_id AS key, o.parent_id AS parent FROM stored_objects o
      WHERE o.source = $1 AND o.deleted_at IS NULL AND ($3::text[] IS NULL OR o.parent_id = ANY($3))
        AND NOT EXISTS (SELECT 1 FROM object_sightings s WHERE s.pull = $2 AND s.external_id = o.external_id)
      ORDER BY o.external_id COLLATE "C"`,
    [source, pull, parents],
  );
  return rows;
}

export async function forgetSightings(tx: Queryable, pull: string): Promise<void> {
  await tx.query("DELETE FROM object_sightings WHERE pull = $1", [pull]);
}

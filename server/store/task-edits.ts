import type { Queryable } from "./pool.ts";

/** Deletes the edits that were read, by id, so that edits that committed in between wait for the next run. */
export async function forgetEdits(tx: Queryable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query("DELETE FROM task_edits WHERE id = ANY($1::bigint[])", [ids]);
}

export async function sourcesWithEdits(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ source: string }>(
    "SELECT DISTINCT e.source FROM task_edits e JOIN sources s ON s.id = e.source AND s.removed_at IS NULL",
  );
  return rows.map((row) => row.source);
}

export async function hasEdit(db: Queryable, source: string, key: string): Promise<boolean> {
  const { rows } = await db.query(
    "SELECT 1 FROM task_edits WHERE source = $1 AND (task_id = $2 OR task_id IS NULL) LIMIT 1",
    [source, key],
  );
  return rows.length > 0;
}

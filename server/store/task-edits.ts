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

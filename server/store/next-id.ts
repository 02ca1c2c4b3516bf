import { lockRow } from "./lock-rows.ts";
import type { Queryable } from "./pool.ts";

/**
 * The next free integer id of a source, counting tasks that only one side has yet. Other callers wait until
 * this transaction ends, so that they get another id.
 */
export async function nextIntegerId(tx: Queryable, source: string): Promise<number> {
  await lockRow(tx, `ids:${source}`);
  const { rows } = await tx.query<{ next: string }>(
    `SELECT coalesce(max(id::bigint), 0) + 1 AS next
       FROM (SELECT id FROM tasks WHERE source = $1 UNION ALL SELECT id FROM ancestors WHERE source = $1
             UNION ALL SELECT task_id FROM pending_tasks WHERE source = $1) AS used (id)
      WHERE id ~ '^[0-9]{1,15}$'`,
    [source],
  );
  return Number(rows[0]?.next ?? 1);
}

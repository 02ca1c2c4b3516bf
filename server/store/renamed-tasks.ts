import type { PlanItem } from "../../lib/sync/types.ts";
import { inBatches, toColumns } from "./columns.ts";
import type { Queryable } from "./pool.ts";

/** Remembers which ids the tasks had before the run. */
export async function saveRenames(
  tx: Queryable,
  source: string,
  runId: string,
  items: readonly Pick<PlanItem, "key" | "renamedFrom">[],
): Promise<void> {
  const renamed = items.flatMap(({ key, renamedFrom }) =>
    renamedFrom === undefined ? [] : [{ from: renamedFrom, to: key }],
  );
  await inBatches(renamed, (batch) =>
    tx.query(
      `INSERT INTO renamed_tasks (source, run_id, renamed_at, old_id, new_id)
       SELECT $1, $2, clock_timestamp(), given.* FROM unnest($3::text[], $4::text[]) AS given
       ON CONFLICT DO NOTHING`,
      [source, runId, ...toColumns(batch, [({ from }) => from, ({ to }) => to])],
    ),
  );
}

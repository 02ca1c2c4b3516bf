import { canonicalJson, type JsonMap } from "../../lib/json.ts";
import type { CarriedDeletion } from "../../lib/sync/unseen.ts";
import { contentFromMap, contentMap } from "../../lib/task/content.ts";
import type { TaskContent, TaskKey } from "../../lib/task/task.ts";
import { inBatches, toColumns } from "./columns.ts";
import type { Queryable } from "./pool.ts";

/** How many deletions are remembered of each source. */
export const KEPT_DELETIONS = 10_000;

/** The deletions of these tasks that runs have carried from the database into the file. */
export async function loadDeletions(
  tx: Queryable,
  source: string,
  keys: readonly TaskKey[],
): Promise<Map<TaskKey, CarriedDeletion>> {
  if (keys.length === 0) return new Map();
  const { rows } = await tx.query<{ task_id: TaskKey; position: string; content: JsonMap }>(
    "SELECT task_id, position, content FROM carried_deletions WHERE source = $1 AND task_id = ANY($2::text[])",
    [source, keys],
  );
  return new Map(
    rows.map(({ task_id, position, content }) => [
      task_id,
      { position: Number(position), content: contentFromMap(content) },
    ]),
  );
}

/** @param deleted what each task said when it was deleted. */
export async function saveDeletions(
  tx: Queryable,
  source: string,
  deleted: ReadonlyMap<TaskKey, TaskContent>,
  position: number,
): Promise<void> {
  await inBatches([...deleted], (batch) =>
    tx.query(
      `INSERT INTO carried_deletions (source, task_id, content, position)
       SELECT $1, given.*, $4 FROM unnest($2::text[], $3::jsonb[]) AS given
       ON CONFLICT (source, task_id) DO UPDATE SET position = excluded.position, content = excluded.content`,
      [
        source,
        ...toColumns(batch, [([key]) => key, ([, content]) => canonicalJson(contentMap(content))]),
        position,
      ],
    ),
  );
}

/** Forgets the deletions of tasks that are there again, or that the file has deleted itself. */
export async function forgetDeletions(
  tx: Queryable,
  source: string,
  keys: readonly TaskKey[],
): Promise<void> {
  if (keys.length === 0) return;
  await tx.query("DELETE FROM carried_deletions WHERE source = $1 AND task_id = ANY($2::text[])", [
    source,
    keys,
  ]);
}

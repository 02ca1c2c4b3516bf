import type { TaskKey } from "../../../lib/task/task.ts";
import { prisma } from "../prisma.ts";

/** An id that a task had in a source, until the given moment. */
export interface EarlierId {
  source: string;
  id: TaskKey;
  until: Date;
}

/** The ids under which the task's history stands besides its own. */
export function earlierIds(id: TaskKey, source: string | undefined): Promise<EarlierId[]> {
  return prisma().$queryRaw<EarlierId[]>`
    WITH RECURSIVE earlier AS (
      SELECT source, old_id, renamed_at FROM renamed_tasks
       WHERE new_id = ${id} AND (${source ?? null}::text IS NULL OR source = ${source ?? null})
      UNION
      SELECT r.source, r.old_id, r.renamed_at FROM renamed_tasks r
        JOIN earlier e ON e.source = r.source AND e.old_id = r.new_id AND r.renamed_at <= e.renamed_at
    )
    SELECT source, old_id AS id, max(renamed_at) AS until FROM earlier GROUP BY source, old_id`;
}

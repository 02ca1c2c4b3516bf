import type { TaskKey } from "../../lib/task/task.ts";
import { lockRow } from "./lock-rows.ts";
import type { Queryable } from "./pool.ts";

/**
 * Makes the row and the ancestor of one task say different descriptions from the file's, as they would after two people
 * had edited it. It is for the practice task only: no other ancestor is ever written outside a run.
 */
export async function makeDisagree(
  tx: Queryable,
  source: string,
  key: TaskKey,
  { agreed, database }: { agreed: string; database: string },
): Promise<void> {
  // No run of the source may be between its reading and its saving.
  await lockRow(tx, `source:${source}`);
  await tx.query(
    "UPDATE ancestors SET description = $3, file_fingerprint = NULL, carried = '{}' WHERE source = $1 AND id = $2",
    [source, key, agreed],
  );
  await tx.query("UPDATE tasks SET description = $3 WHERE source = $1 AND id = $2", [source, key, database]);
}

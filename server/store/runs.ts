import type { RunSummary } from "../../lib/protocol/run.ts";
import { contentMap } from "../../lib/task/content.ts";
import type { ChangeOfRun } from "../../lib/sync/undo.ts";
import {
  type EarlierLines,
  type EarlierText,
  type TextAround,
  textAroundSchema,
} from "../../lib/yaml/earlier-text.ts";
import type { PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { canonicalJson } from "../../lib/json.ts";
import { inBatches, toColumns } from "./columns.ts";
import type { Queryable } from "./pool.ts";

/** @param around the file's text around the tasks that the run changed, for its undo. */
export async function saveRun(
  tx: Queryable,
  run: RunSummary,
  requestedFrom: string | null,
  around: TextAround | null = null,
): Promise<void> {
  await tx.query(
    `INSERT INTO runs (id, source, trigger, direction, requested_by, outcome, started_at, finished_at,
      counts, problems, halt, reverts, requested_from, yaml_around)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      run.id,
      run.source,
      run.trigger,
      run.direction,
      run.requested_by,
      run.outcome,
      run.started_at,
      run.finished_at,
      JSON.stringify(run.counts),
      JSON.stringify(run.problems),
      run.halt ? JSON.stringify(run.halt) : null,
      run.reverts ?? null,
      requestedFrom,
      around && JSON.stringify(around),
    ],
  );
}

/**
 * Stores the history: before and after of every task that the run changed on either side.
 * @param actors who asked for each change; a task that is missing here was changed by an edit of the file.
 */
export async function saveChanges(
  tx: Queryable,
  runId: string,
  items: readonly PlanItem[],
  texts: ReadonlyMap<TaskKey, EarlierLines>,
  actors: ReadonlyMap<TaskKey, string>,
): Promise<void> {
  await inBatches(items, (batch) =>
    tx.query(
      `INSERT INTO run_changes (run_id, task_id, action, merged, file_changed, database_changed, before,
        after, yaml_before, yaml_after, actor)
       SELECT $1, given.* FROM unnest($2::text[], $3::text[], $4::bool[], $5::bool[], $6::bool[],
         $7::jsonb[], $8::jsonb[], $9::text[], $10::text[], $11::text[]) AS given`,
      [
        runId,
        ...toColumns(batch, [
          (item) => item.key,
          (item) => item.action,
          (item) => item.merged,
          (item) => item.file !== undefined,
          (item) => item.database !== undefined,
          (item) => item.before && canonicalJson(contentMap(item.before)),
          (item) => item.after && canonicalJson(contentMap(item.after)),
          (item) => texts.get(item.key)?.before ?? null,
          (item) => texts.get(item.key)?.after ?? null,
          (item) => actors.get(item.key) ?? null,
        ]),
      ],
    ),
  );
}

/** The tasks that the run changed in the database alone, because the file said so. */
export async function tasksTakenFromFile(db: Queryable, runId: string): Promise<TaskKey[]> {
  const { rows } = await db.query<{ task_id: TaskKey }>(
    `SELECT task_id FROM run_changes
      WHERE run_id = $1 AND database_changed AND NOT file_changed AND NOT merged AND actor IS NULL`,
    [runId],
  );
  return rows.map(({ task_id }) => task_id);
}

interface RecordedRun {
  changes: ChangeOfRun[];
  text: EarlierText;
}

/** What a run did to its tasks, and to the file's text as far as that was kept. */
export async function loadRun(db: Queryable, runId: string): Promise<RecordedRun> {
  const { rows: changes } = await db.query<
    ChangeOfRun & { yaml_before: string | null; yaml_after: string | null }
  >(
    `SELECT task_id, action, before::text AS before, after::text AS after, yaml_before, yaml_after
     FROM run_changes WHERE run_id = $1`,
    [runId],
  );
  const { rows } = await db.query<{ yaml_around: unknown }>("SELECT yaml_around FROM runs WHERE id = $1", [
    runId,
  ]);
  const { data: around = NOTHING_KEPT } = textAroundSchema.safeParse(rows[0]?.yaml_around);
  const tasks = changes.map(
    ({ task_id, yaml_before: before, yaml_after: after }) => [task_id, { before, after }] as const,
  );
  return { changes, text: { ...around, tasks: new Map(tasks) } };
}

const NOTHING_KEPT: TextAround = { seams: [], reworded: {}, metadata: {} };

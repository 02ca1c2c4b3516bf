import { idTypeOf } from "../../lib/task/id.ts";
import { type Task, type TaskKey, taskKey } from "../../lib/task/task.ts";
import { inBatches, toColumns } from "./columns.ts";
import { CONTENT_COLUMNS, CONTENT_NAMES, CONTENT_PICK, contentUnnest } from "./content-columns.ts";
import type { Queryable } from "./pool.ts";

/** A row as a statement left it, which triggers may have changed on its way. */
export interface WrittenRow {
  id: TaskKey;
  version: string;
  /** The columns that do not say what was given. */
  differs: string[];
}

/** Who changed each task. A task that is missing here was changed by an edit of the file. */
export type Writers = ReadonlyMap<TaskKey, string>;
const FILE_ONLY: Writers = new Map();

const pick = (writers: Writers): readonly ((task: Task) => unknown)[] => [
  (task) => taskKey(task.id),
  (task) => idTypeOf(task.id),
  (task) => task.updated_at,
  (task) => writers.get(taskKey(task.id)) ?? "file",
  ...CONTENT_PICK,
];
const UNNEST = `unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[], ${contentUnnest(6)})
  AS given (id, id_type, updated_at, updated_by, ${CONTENT_COLUMNS})`;
const differing = (row: string) =>
  `array_remove(ARRAY[${CONTENT_NAMES.map(
    (name) => `CASE WHEN ${row}.${name} IS DISTINCT FROM given.${name} THEN '${name}' END`,
  ).join(", ")}], NULL) AS differs`;

/**
 * Inserts tasks. In a command's transaction the trigger names the command's actor, whatever `writers` says.
 * @returns the rows that were inserted. One is missing when its id is taken, or when a trigger dropped it.
 */
export async function insertTasks(
  tx: Queryable,
  source: string,
  tasks: readonly Task[],
  writers = FILE_ONLY,
): Promise<WrittenRow[]> {
  return write(
    tx,
    `WITH given AS (SELECT * FROM ${UNNEST}), written AS (
         INSERT INTO tasks (source, id, id_type, updated_at, updated_by, ${CONTENT_COLUMNS})
         SELECT $1, id, id_type, coalesce(updated_at, now()), updated_by, ${CONTENT_COLUMNS} FROM given
         ON CONFLICT DO NOTHING RETURNING source, id, version, ${CONTENT_COLUMNS})
       SELECT given.id, written.version::text AS version, ${differing("written")}
         FROM given JOIN written ON written.id = given.id AND written.source = $1`,
    { source, tasks, writers },
  );
}

/**
 * Overwrites rows, which this transaction must have locked.
 * @returns the rows that were written; one is missing when it is not there, or when a trigger dropped the write.
 */
export async function updateTasks(
  tx: Queryable,
  source: string,
  tasks: readonly Task[],
  writers = FILE_ONLY,
): Promise<WrittenRow[]> {
  const set = CONTENT_NAMES.map((column) => `${column} = given.${column}`).join(", ");
  return write(
    tx,
    `UPDATE tasks t SET ${set}, id_type = given.id_type, updated_by = given.updated_by,
        updated_at = coalesce(given.updated_at, t.updated_at)
       FROM ${UNNEST} WHERE t.source = $1 AND t.id = given.id
       RETURNING t.id, t.version::text AS version, ${differing("t")}`,
    { source, tasks, writers },
  );
}

/** @param statement takes the source and then the columns of the tasks, and returns the rows that it wrote. */
async function write(
  tx: Queryable,
  statement: string,
  { source, tasks, writers }: { source: string; tasks: readonly Task[]; writers: Writers },
): Promise<WrittenRow[]> {
  const written: WrittenRow[] = [];
  await inBatches(tasks, async (batch) => {
    const { rows } = await tx.query<WrittenRow>(statement, [source, ...toColumns(batch, pick(writers))]);
    written.push(...rows);
  });
  return written;
}

/** @returns how many rows were deleted. A row stays when a trigger drops its deletion. */
export async function deleteTasks(tx: Queryable, source: string, keys: readonly TaskKey[]): Promise<number> {
  if (keys.length === 0) return 0;
  const { rowCount } = await tx.query("DELETE FROM tasks WHERE source = $1 AND id = ANY($2::text[])", [
    source,
    keys,
  ]);
  return rowCount ?? 0;
}

/**
 * Lets everything that the database had put off to the commit happen now: deferred constraints and triggers.
 * @param expected each row's version as it was written; null where the row was deleted.
 * @returns the tasks whose row is not what was written, because a trigger changed it afterwards.
 */
export async function movedTasks(
  tx: Queryable,
  source: string,
  expected: ReadonlyMap<TaskKey, string | null>,
): Promise<TaskKey[]> {
  const [, { rows }] = await Promise.all([
    tx.query("SET CONSTRAINTS ALL IMMEDIATE"),
    tx.query<{ id: string }>(
      `SELECT given.id FROM unnest($2::text[], $3::bigint[]) AS given (id, version)
         LEFT JOIN tasks t ON t.source = $1 AND t.id = given.id
        WHERE t.version IS DISTINCT FROM given.version`,
      [source, [...expected.keys()], [...expected.values()]],
    ),
  ]);
  return rows.map((row) => row.id);
}

import { addKeys, isMap, type Json, type JsonMap } from "../../lib/json.ts";
import { parseLossless } from "../../lib/lossless-json.ts";
import type { Problem } from "../../lib/problem.ts";
import { isKnownKey } from "../../lib/task/fields.ts";
import { idFromText } from "../../lib/task/id.ts";
import { parseTask } from "../../lib/task/schema.ts";
import type { Task, TaskKey } from "../../lib/task/task.ts";
import { CONTENT_NAMES, CONTENT_SELECT, type ContentRow, readFields } from "./content-columns.ts";
import type { Queryable } from "./pool.ts";

export interface StoredTask extends ContentRow {
  source: string;
  id: string;
  id_type: string | null;
  updated_at: Date | number;
  updated_by: string | null;
  version: string;
}

const SELECT =
  `SELECT source, id, id_type, ${CONTENT_SELECT}, updated_at, updated_by, version::text AS version FROM ` +
  "tasks";

/**
 * Reads the rows and locks them until the transaction ends, in the order of their ids so that two lockers
 * cannot deadlock. With `skipBusy`, rows that another transaction has locked are left out.
 * @throws PostgreSQL 55P03 when another transaction keeps a row longer than `lock_timeout`.
 */
export async function lockTaskRows(
  tx: Queryable,
  source: string,
  keys: readonly TaskKey[],
  skipBusy = false,
): Promise<StoredTask[]> {
  const { rows } = await tx.query<StoredTask>(
    `${SELECT} WHERE source = $1 AND id = ANY($2::text[]) ORDER BY id FOR ` +
      `UPDATE${skipBusy ? " SKIP LOCKED" : ""}`,
    [source, keys],
  );
  return rows;
}

/** The tasks among `keys` that have a row, whether it is locked or not. */
export async function existingTasks(
  db: Queryable,
  source: string,
  keys: readonly TaskKey[],
): Promise<Set<TaskKey>> {
  if (keys.length === 0) return new Set();
  const { rows } = await db.query<{ id: string }>(
    "SELECT id FROM tasks WHERE source = $1 AND id = ANY($2::text[])",
    [source, keys],
  );
  return new Set(rows.map((row) => row.id));
}

/** The rows with this id, in one source or in all of them; locked if `lock` is true. */
export async function findTaskRows(
  db: Queryable,
  id: TaskKey,
  source: string | undefined,
  lock: boolean,
): Promise<StoredTask[]> {
  const { rows } = await db.query<StoredTask>(
    `${SELECT} WHERE id = $1 AND ($2::text IS NULL OR source = $2) ORDER BY ` +
      `source${lock ? " FOR UPDATE" : ""}`,
    [id, source ?? null],
  );
  return rows;
}

/**
 * Parses a row as a task. The row may be invalid, because anyone with SQL can write a bad cron expression.
 */
export function parseStoredTask(row: StoredTask): { ok: true; task: Task } | { ok: false; problem: Problem } {
  const refuse = (message: string) => ({
    ok: false as const,
    problem: {
      code: "database_row_invalid" as const,
      message: `In the database, task ${row.id}: ${message}`,
      task_id: row.id,
    },
  });
  let exact = true;
  const map = (text: string): Json => {
    const read = parseLossless(text);
    exact &&= read !== null;
    return read?.value ?? null;
  };
  const extra = map(row.extra);
  const plain: JsonMap = {};
  if (isMap(extra)) addKeys(plain, extra);
  const known = Object.keys(plain).find(isKnownKey);
  plain["id"] = idFromText(row.id, row.id_type);
  readFields(row, { time: instant, map }, plain);
  plain["updated_at"] = instant(row.updated_at);
  if (!exact) return refuse("a number would change on its way to the file; store it as text");
  if (!isMap(extra)) return refuse("extra must be a map");
  if (known !== undefined) return refuse(`extra must not have the key '${known}', which has its own column`);
  const parsed = parseTask(plain);
  if (parsed.ok) return parsed;
  return refuse(parsed.problems.map((problem) => problem.message).join("; "));
}

/** `infinity` comes as a number. A file cannot hold such a time, so its text is left for validation to refuse. */
function instant(value: Date | number): string {
  return value instanceof Date && Number.isFinite(value.getTime()) ? value.toISOString() : String(value);
}

export async function countTasks(db: Queryable, source: string): Promise<number> {
  const { rows } = await db.query<{ count: string }>("SELECT count(*) FROM tasks WHERE source = $1", [
    source,
  ]);
  return Number(rows[0]?.count ?? 0);
}

/** The tasks whose row differs from the ancestor. The database compares them. */
export async function differingTasks(db: Queryable, source: string): Promise<TaskKey[]> {
  const content = (table: string) => CONTENT_NAMES.map((column) => `${table}.${column}`).join(", ");
  const { rows } = await db.query<{ id: string }>(
    `SELECT coalesce(t.id, a.id) AS id
       FROM (SELECT * FROM tasks WHERE source = $1) t
       FULL JOIN (SELECT * FROM ancestors WHERE source = $1) a ON a.id = t.id
      WHERE (t.id IS NULL, ${content("t")}) IS DISTINCT FROM (a.id IS NULL, ${content("a")})`,
    [source],
  );
  return rows.map((row) => row.id);
}

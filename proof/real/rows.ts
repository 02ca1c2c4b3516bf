import type pg from "pg";
import { isField } from "../../lib/task/fields.ts";
import type { JsonMap } from "../../lib/json.ts";
import { type Display, leavesOf } from "../model/leaves.ts";
import type { RowChange } from "../play/subject.ts";
import { withLeaf } from "../story/values.ts";

const COLUMNS = "id, skill_name, schedule_cron, status, description, params, extra";
/** PostgreSQL: lock_not_available. */
const LOCKED = "55P03";
/** A row that is locked is locked by the run that waits for us, so waiting longer would not help. */
const BRIEF = "SET LOCAL lock_timeout = '60ms'";

export type Row = JsonMap & { id: string; extra: JsonMap };

export async function rowsOf(db: pg.Pool, source: string): Promise<Display> {
  const { rows } = await db.query<Row>(`SELECT ${COLUMNS} FROM tasks WHERE source = $1 ORDER BY id`, [
    source,
  ]);
  return new Map(rows.map((row) => [row.id, leavesOf(plainOf(row))]));
}

/** The row as the API spells the task. */
export function plainOf({ extra, ...row }: Row): JsonMap {
  return { ...extra, ...row };
}

/** Changes rows as people do with psql, in one transaction. */
export async function changeBySql(
  db: pg.Pool,
  source: string,
  change: RowChange,
): Promise<"done" | "busy" | "refused"> {
  const client = await db.connect();
  try {
    await client.query(`BEGIN; ${BRIEF}`);
    await apply(client, source, change);
    await client.query("COMMIT");
    return "done";
  } catch (error) {
    await client.query("ROLLBACK");
    if ((error as { code?: string }).code === LOCKED) return "busy";
    if (/^23/.test((error as { code?: string }).code ?? "")) return "refused";
    throw error;
  } finally {
    client.release();
  }
}

/** Whether a transaction holds the row, or rows, that the change is about. */
export async function isBusy(db: pg.Pool, source: string, change: RowChange): Promise<boolean> {
  const client = await db.connect();
  try {
    await client.query(`BEGIN; ${BRIEF}`);
    const one = "task" in change ? [change.task] : null;
    await client.query(
      "SELECT FROM tasks WHERE source = $1 AND ($2::text[] IS NULL OR id = ANY($2)) FOR UPDATE NOWAIT",
      [source, one],
    );
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === LOCKED) return true;
    throw error;
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

async function apply(client: pg.PoolClient, source: string, change: RowChange): Promise<void> {
  switch (change.kind) {
    case "delete":
      await client.query("DELETE FROM tasks WHERE source = $1 AND id = $2", [source, change.task]);
      return;
    case "create":
      await insert(client, source, change.plain);
      return;
    case "set":
    case "set all": {
      const one = change.kind === "set" ? [change.task] : null;
      const { rows } = await client.query<Row>(
        `SELECT ${COLUMNS} FROM tasks
          WHERE source = $1 AND ($2::text[] IS NULL OR id = ANY($2)) ORDER BY id FOR UPDATE`,
        [source, one],
      );
      for (const row of rows)
        await update(client, source, row, withLeaf(plainOf(row), change.leaf, change.value));
    }
  }
}

async function update(client: pg.PoolClient, source: string, before: Row, after: JsonMap): Promise<void> {
  const now = columnsOf(after);
  const was = columnsOf(plainOf(before));
  const changed = Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(was[name]));
  if (changed.length === 0) return;
  const sets = changed.map((name, i) => `${name} = $${i + 3}`).join(", ");
  await client.query(`UPDATE tasks SET ${sets} WHERE source = $1 AND id = $2`, [
    source,
    before.id,
    ...changed.map((name) => now[name]),
  ]);
}

async function insert(client: pg.PoolClient, source: string, plain: JsonMap): Promise<void> {
  const columns = columnsOf(plain);
  const names = Object.keys(columns);
  const values = names.map((_, i) => `$${i + 3}`).join(", ");
  await client.query(`INSERT INTO tasks (source, id, ${names.join(", ")}) VALUES ($1, $2, ${values})`, [
    source,
    String(plain["id"]),
    ...Object.values(columns),
  ]);
}

function columnsOf({ id: _id, ...plain }: JsonMap): Record<string, unknown> {
  const columns: Record<string, unknown> = { description: null, params: {}, extra: {} };
  const extra: JsonMap = {};
  for (const [name, value] of Object.entries(plain)) {
    if (isField(name)) columns[name] = value;
    else extra[name] = value;
  }
  return { ...columns, extra };
}

import { randomUUID } from "node:crypto";
import { choiceToWire, storedConflictToWire } from "../../lib/protocol/wire.ts";
import type { ClosedConflict, SavedConflicts } from "../../lib/run/conflicts.ts";
import { partiesPlain } from "../../lib/run/plain-task.ts";
import type { OpenConflict } from "../../lib/sync/decide.ts";
import type { ResolvedConflict } from "../../lib/sync/reopen.ts";
import type { FoundConflict } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { Queryable } from "./pool.ts";

const RENAMED_TO = "CASE WHEN kind = 'renamed' THEN yaml_data->>'id' END AS renamed_to";

/** The conflicts that wait for a person, by task. */
export async function openConflicts(db: Queryable, source: string): Promise<Map<TaskKey, OpenConflict>> {
  const { rows } = await db.query<OpenConflict>(
    `SELECT id, task_id, revision, ${RENAMED_TO} FROM conflicts WHERE source = $1 AND state = 'pending'`,
    [source],
  );
  return new Map(rows.map((row) => [row.task_id, row]));
}

/** The open conflicts that are there because an earlier version of the file came back. */
export async function conflictsOfOlderFile(db: Queryable, source: string): Promise<OpenConflict[]> {
  const { rows } = await db.query<OpenConflict>(
    `SELECT c.id, c.task_id, c.revision FROM conflicts c
       JOIN pending_tasks p ON p.source = c.source AND p.task_id = c.task_id AND p.file_position IS NOT NULL
      WHERE c.source = $1 AND c.state = 'pending'`,
    [source],
  );
  return rows;
}

export async function sourcesOfConflicts(db: Queryable, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ source: string }>(
    "SELECT DISTINCT source FROM conflicts WHERE id = ANY($1::uuid[])",
    [ids],
  );
  return rows.map(({ source }) => source);
}

export async function loadResolvedConflicts(
  db: Queryable,
  runId: string,
): Promise<Map<TaskKey, ResolvedConflict>> {
  const { rows } = await db.query<Omit<ResolvedConflict, "renamed_to"> & { renamed_to: TaskKey | null }>(
    `SELECT task_id, fields, ancestor, yaml_data AS file, db_data AS database, ${RENAMED_TO} FROM conflicts
      WHERE run_id = $1 AND state = 'resolved'`,
    [runId],
  );
  return new Map(
    rows.map(({ renamed_to, ...row }) => [row.task_id, renamed_to === null ? row : { ...row, renamed_to }]),
  );
}

/**
 * Stores new conflicts and updates changed ones with one statement.
 * @returns the new and the changed conflicts.
 */
export async function saveConflicts(
  tx: Queryable,
  source: string,
  found: readonly FoundConflict[],
  open: ReadonlyMap<TaskKey, OpenConflict>,
): Promise<SavedConflicts> {
  if (found.length === 0) return { detected: [], refreshed: [] };
  const rows = found.map((conflict) => {
    const { ancestor, file, database } = partiesPlain(conflict);
    return {
      id: open.get(conflict.key)?.id ?? randomUUID(),
      task_id: conflict.key,
      kind: conflict.kind,
      fields: conflict.fields,
      reason: conflict.reason,
      revision: conflict.revision,
      ancestor,
      ...storedConflictToWire({
        file_data: file,
        database_data: database,
        file_updated_at: conflict.file?.updated_at ?? conflict.fileModifiedAt,
        database_updated_at: conflict.database?.updated_at ?? null,
        database_updated_by: conflict.databaseUpdatedBy,
      }),
    };
  });
  const columns =
    "id, task_id, kind, fields, reason, revision, ancestor, yaml_data, db_data, yaml_updated_at, " +
    "db_updated_at, db_updated_by";
  const shown = "kind, fields, reason, revision, ancestor, yaml_data, db_data, db_updated_at, db_updated_by";
  const list = (table: string) =>
    shown
      .split(", ")
      .map((name) => `${table}.${name}`)
      .join(", ");
  const written = await tx.query<{ id: string }>(
    `INSERT INTO conflicts (source, ${columns})
     SELECT $1, ${columns
       .split(", ")
       .map((name) => (name === "fields" ? "ARRAY(SELECT jsonb_array_elements_text(g.fields))" : `g.${name}`))
       .join(", ")}
       FROM jsonb_to_recordset($2::jsonb) AS g (id uuid, task_id text, kind text, fields jsonb, reason text,
            revision text, ancestor jsonb, yaml_data jsonb, db_data jsonb, yaml_updated_at timestamptz,
            db_updated_at timestamptz, db_updated_by text)
     ON CONFLICT (source, task_id) WHERE state = 'pending' DO UPDATE
        SET (${shown}, yaml_updated_at, refreshed_at) = (${list("excluded")},
              -- Our own write of another task moves the file's time, not this task's.
              CASE WHEN conflicts.yaml_data IS DISTINCT FROM excluded.yaml_data THEN excluded.yaml_updated_at
                   ELSE conflicts.yaml_updated_at END, now())
      WHERE (${list("conflicts")}) IS DISTINCT FROM (${list("excluded")})
     RETURNING id`,
    [source, JSON.stringify(rows)],
  );
  const changed = new Set(written.rows.map((row) => row.id));
  return {
    detected: rows.filter((row) => !open.has(row.task_id)),
    refreshed: rows.filter((row) => open.has(row.task_id) && changed.has(row.id)),
  };
}

export async function closeConflicts(
  tx: Queryable,
  runId: string,
  closed: readonly ClosedConflict[],
): Promise<void> {
  if (closed.length === 0) return;
  await tx.query(
    `UPDATE conflicts c SET state = CASE WHEN g.choice IS NULL THEN 'closed' ELSE 'resolved' END,
            choice = g.choice, closed_by = g.by, closed_at = now(), run_id = $1
       FROM jsonb_to_recordset($2::jsonb) AS g (id uuid, choice text, by text) WHERE c.id = g.id`,
    [
      runId,
      JSON.stringify(closed.map((each) => ({ ...each, choice: each.choice && choiceToWire(each.choice) }))),
    ],
  );
}

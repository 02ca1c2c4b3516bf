import type pg from "pg";
import type { JsonMap } from "../../lib/json.ts";
import { leavesOf } from "../model/leaves.ts";
import type { History, ToldChange } from "../model/told.ts";
import { SIDES } from "../model/model.ts";
import { plainOf, type Row } from "./rows.ts";

interface ChangeRow {
  task: string;
  kind: ToldChange["kind"];
  by: string;
  file: boolean;
  database: boolean;
  before: JsonMap | null;
  after: JsonMap | null;
}

interface ConflictRow {
  id: string;
  task: string;
  file: JsonMap | null;
  database: JsonMap | null;
  choice: string | null;
  by: string | null;
}

/** What the audit says of edits of rows, and the history of what runs did. */
export async function historyOf(db: pg.Pool, source: string): Promise<History> {
  const changes = await db.query<ChangeRow>(
    `SELECT task_id AS task, 'row' AS kind, actor AS by, false AS file, true AS database, before, after
       FROM audit_entries WHERE source = $1 AND subject = 'task'
     UNION ALL
     SELECT c.task_id, 'run', coalesce(c.actor, 'file'), c.file_changed, c.database_changed, c.before, c.after
       FROM run_changes c JOIN runs r ON r.id = c.run_id WHERE r.source = $1`,
    [source],
  );
  const conflicts = await db.query<ConflictRow>(
    `SELECT id, task_id AS task, yaml_data AS file, db_data AS database, closed_by AS by,
            CASE choice WHEN 'keep_yaml' THEN 'keep_file' WHEN 'keep_db' THEN 'keep_database' ELSE choice END AS choice
       FROM conflicts WHERE source = $1`,
    [source],
  );
  const undone = await db.query<{ run: string }>(
    "SELECT reverts AS run FROM runs WHERE source = $1 AND reverts IS NOT NULL",
    [source],
  );
  return {
    changes: changes.rows.map((row) => ({
      ...row,
      sides: SIDES.filter((side) => row[side]),
      before: leavesIn(row.before),
      after: leavesIn(row.after),
    })),
    conflicts: conflicts.rows.map((row) => ({
      ...row,
      file: row.file && leavesOf(row.file),
      database: row.database && leavesOf(row.database),
    })),
    undone: new Set(undone.rows.map(({ run }) => run)),
    tellsRows: true,
  };
}

/** A row's own keys are in `extra`; a run's record is flat. */
function leavesIn(told: JsonMap | null) {
  if (told === null) return null;
  return leavesOf(plainOf({ extra: {}, ...told } as Row));
}

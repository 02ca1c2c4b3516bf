import type { TestSource } from "./test-source.ts";

/** A row of the view `audit_log`. */
export interface AuditRow {
  actor: string;
  address: string | null;
  action: string;
  subject: string;
  subject_id: string | null;
  task_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  detail: Record<string, unknown> | null;
  run_id: string | null;
}

/** The entries of the audit log in order, without those of the first import. `where` is SQL. */
export const auditLog = (source: TestSource, where = "true") =>
  source.sql<AuditRow>(
    `SELECT * FROM audit_log l WHERE ${where} AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.id = ` +
      "l.run_id AND r.trigger = 'startup') ORDER BY at, id",
  );

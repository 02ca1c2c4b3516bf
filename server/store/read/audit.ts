import type { JsonMap } from "../../../lib/json.ts";
import type { AuditEntry } from "../../../lib/protocol/audit.ts";
import { Prisma } from "../generated/client.ts";
import { prisma } from "../prisma.ts";

export interface AuditFilter {
  task_id?: string;
  actor?: string;
  source?: string;
}

export interface AuditPosition {
  at: string;
  id: string;
}

interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  action: string;
  source: string | null;
  task_id: string | null;
  before: JsonMap | null;
  after: JsonMap | null;
  detail: JsonMap | null;
  run_id: string | null;
}

/** Entries older than a position, newest first. */
export async function auditBefore(filter: AuditFilter, before: AuditPosition | null, limit: number): Promise<AuditEntry[]> {
  const conditions = [Prisma.sql`true`];
  if (filter.task_id !== undefined) conditions.push(Prisma.sql`task_id = ${filter.task_id}`);
  if (filter.actor !== undefined) conditions.push(Prisma.sql`actor = ${filter.actor}`);
  if (filter.source !== undefined) conditions.push(Prisma.sql`source = ${filter.source}`);
  if (before) {
    conditions.push(Prisma.sql`(at, id COLLATE "C") < (${before.at}::timestamptz, ${before.id}::text COLLATE "C")`);
  }
  const rows = await prisma().$queryRaw<AuditRow[]>`
    SELECT id, at, actor, action, source, task_id, before, after, detail, run_id::text AS run_id
      FROM audit_log WHERE ${Prisma.join(conditions, " AND ")}
     ORDER BY at DESC, id COLLATE "C" DESC LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

import { entryDiff, shownTask } from "../../../lib/audit/entry-diff.ts";
import type { JsonMap } from "../../../lib/json.ts";
import type { RunGroup } from "../../../lib/audit/fold-runs.ts";
import type { AuditEntry, AuditGroup, AuditSubject } from "../../../lib/protocol/audit.ts";
import type { AuditFilter } from "../../../lib/protocol/audit-query.ts";
import { Prisma } from "../generated/client.ts";
import { type EarlierId, earlierIds } from "./renamed-tasks.ts";
import { prisma } from "../prisma.ts";

export interface AuditPosition {
  at: string;
  id: string;
}

interface AuditRow extends Omit<AuditEntry, "at" | "diff"> {
  at: Date;
}

/** The part of the audit log that a reader may see. */
export interface AuditScope {
  subjects: readonly AuditSubject[];
  addresses: boolean;
}

/** Within one millisecond a longer id is later: `e10` came after `e9`. */
const NEWEST_FIRST = Prisma.sql`at DESC, length(id) DESC, id COLLATE "C" DESC`;

/** Entries older than a position, newest first. */
export async function auditBefore(
  filter: AuditFilter,
  { subjects, addresses }: AuditScope,
  before: AuditPosition | null,
  limit: number,
  without: readonly RunGroup[] = [],
): Promise<AuditEntry[]> {
  const conditions = await allConditions(filter, { subjects, addresses });
  for (const group of without) conditions.push(Prisma.sql`NOT ${isOf(group)}`);
  if (before) {
    // The time is also a separate condition, because an index can be searched by it.
    conditions.push(Prisma.sql`at <= ${before.at}::timestamptz`);
    conditions.push(
      Prisma.sql`(at, length(id), id COLLATE "C") <
        (${before.at}::timestamptz, length(${before.id}::text), ${before.id}::text COLLATE "C")`,
    );
  }
  // Reads a page's worth of each view, because each has its own index. Over both together the planner would
  // sort the whole log.
  const newest = (view: "audit_direct" | "audit_carried") => Prisma.sql`
    (SELECT id, at, actor, ${addresses ? Prisma.sql`address` : Prisma.sql`NULL::text AS address`}, action,
      subject, subject_id,
            source, task_id, before, after, detail, run_id::text AS run_id
       FROM ${Prisma.raw(view)} WHERE ${Prisma.join(conditions, " AND ")}
      ORDER BY ${NEWEST_FIRST} LIMIT ${limit})`;
  const rows = await prisma().$queryRaw<AuditRow[]>`
    SELECT * FROM (${newest("audit_direct")} UNION ALL ${newest("audit_carried")}) both_kinds
     ORDER BY ${NEWEST_FIRST} LIMIT ${limit}`;
  return rows.map(toEntry);
}

/** How many changes of tasks a run carried for an actor, of those that the filter lets through. */
export async function countGroup(
  group: RunGroup,
  filter: AuditFilter,
  scope: AuditScope,
): Promise<AuditGroup> {
  const conditions = [...(await allConditions(filter, scope)), isOf(group)];
  const rows = await prisma().$queryRaw<{ action: string; count: number }[]>`
    SELECT action, count(*)::int AS count FROM audit_carried
     WHERE run_id = ${group.run_id}::uuid AND ${Prisma.join(conditions, " AND ")} GROUP BY action`;
  const of = (action: string) => rows.find((row) => row.action === action)?.count ?? 0;
  const [created, updated, deleted] = [of("task_created"), of("task_updated"), of("task_deleted")];
  return { count: created + updated + deleted, created, updated, deleted };
}

function isOf({ run_id, actor }: RunGroup): Prisma.Sql {
  return Prisma.sql`(subject = 'task' AND actor = ${actor} AND coalesce(run_id = ${run_id}::uuid, false))`;
}

async function allConditions(filter: AuditFilter, scope: AuditScope): Promise<Prisma.Sql[]> {
  const { task_id, source } = filter;
  const conditions = [Prisma.sql`subject = ANY(${scope.subjects})`, ...conditionsOf(filter, scope.addresses)];
  if (task_id !== undefined) conditions.push(isAbout(task_id, await earlierIds(task_id, source)));
  return conditions;
}

/** About the task, also while it had another id. */
function isAbout(task: string, earlier: readonly EarlierId[]): Prisma.Sql {
  const names = [
    Prisma.sql`task_id = ${task}`,
    ...earlier.map(
      ({ source, id, until }) => Prisma.sql`(source = ${source} AND task_id = ${id} AND at <= ${until})`,
    ),
  ];
  return Prisma.sql`(${Prisma.join(names, " OR ")})`;
}

function conditionsOf(filter: AuditFilter, addresses: boolean): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  const { source, action, run_id, since, until, actor, q } = filter;
  if (source !== undefined) conditions.push(Prisma.sql`source = ${source}`);
  if (action !== undefined) conditions.push(Prisma.sql`action = ANY(${action})`);
  if (run_id !== undefined) conditions.push(Prisma.sql`run_id = ${run_id}::uuid`);
  if (since !== undefined) conditions.push(Prisma.sql`at >= ${since}::timestamptz`);
  if (until !== undefined) conditions.push(Prisma.sql`at < ${until}::timestamptz`);
  // `sql` means all of `sql:ada` and `sql:grace`; `sql:ada` means only itself.
  if (actor !== undefined)
    conditions.push(Prisma.sql`(actor = ${actor} OR starts_with(actor, ${`${actor}:`}))`);
  if (q !== undefined) {
    const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
    const texts = ["actor", "action", "subject_id", "task_id", "before::text", "after::text", "detail::text"];
    const where = [...texts, ...(addresses ? ["address"] : [])].map(
      (text) => Prisma.sql`${Prisma.raw(text)} ILIKE ${like}`,
    );
    conditions.push(Prisma.sql`(${Prisma.join(where, " OR ")})`);
  }
  return conditions;
}

function toEntry(row: AuditRow): AuditEntry {
  const shown = (stored: JsonMap | null) => (row.subject === "task" ? shownTask(stored) : stored);
  const entry = { ...row, at: row.at.toISOString(), before: shown(row.before), after: shown(row.after) };
  return { ...entry, diff: entryDiff(entry) };
}

import type { JsonMap } from "../../../lib/json.ts";
import type { ConflictJson } from "../../../lib/protocol/conflict.ts";
import { taskKey } from "../../../lib/task/task.ts";
import { storedConflictToWire } from "../../../lib/protocol/wire.ts";
import type { Conflict, Prisma } from "../generated/client.ts";
import { prisma } from "../prisma.ts";

export interface ConflictFilter {
  state?: string;
  task_id?: string;
  source?: string;
}

const OVER = { state: { not: "pending" } } satisfies Prisma.ConflictWhereInput;

/** Conflicts after a sequence number, oldest first. */
export async function conflictsAfter(
  filter: ConflictFilter,
  after: bigint | null,
  limit: number,
): Promise<{ conflict: ConflictJson; seq: bigint }[]> {
  const where = { ...filterOf(filter), ...(after === null ? {} : { seq: { gt: after } }) };
  const rows = await prisma().conflict.findMany({ where, orderBy: { seq: "asc" }, take: limit });
  return rows.map((row) => ({ conflict: toConflictJson(row), seq: row.seq }));
}

/** Closed conflicts, last closed first; after a position when one is given. */
export async function conflictsOverBefore(
  filter: ConflictFilter,
  before: { closedAt: Date; seq: bigint } | null,
  limit: number,
): Promise<{ conflict: ConflictJson; seq: bigint }[]> {
  const behind = before && {
    OR: [{ closedAt: { lt: before.closedAt } }, { closedAt: before.closedAt, seq: { lt: before.seq } }],
  };
  const where = { ...filterOf(filter), ...OVER, ...behind };
  const rows = await prisma().conflict.findMany({
    where,
    orderBy: [{ closedAt: "desc" }, { seq: "desc" }],
    take: limit,
  });
  return rows.map((row) => ({ conflict: toConflictJson(row), seq: row.seq }));
}

export function countConflictsOver(filter: ConflictFilter): Promise<number> {
  return prisma().conflict.count({ where: { ...filterOf(filter), ...OVER } });
}

export function countConflicts(filter: ConflictFilter): Promise<number> {
  return prisma().conflict.count({ where: filterOf(filter) });
}

export async function conflictWithId(id: string): Promise<ConflictJson | null> {
  const row = await prisma().conflict.findUnique({ where: { id } });
  return row && toConflictJson(row);
}

function filterOf({ state, task_id, source }: ConflictFilter): Prisma.ConflictWhereInput {
  return {
    ...(state === undefined ? {} : { state }),
    ...(task_id === undefined ? {} : { taskId: task_id }),
    ...(source === undefined ? {} : { source }),
  };
}

function toConflictJson(row: Conflict): ConflictJson {
  return storedConflictToWire({
    conflict_id: row.id,
    source: row.source,
    task_id: row.taskId,
    state: row.state as ConflictJson["state"],
    kind: row.kind as ConflictJson["kind"],
    fields: row.fields,
    conflict_reason: row.reason,
    revision: row.revision,
    ...renamedTo(row),
    detected_at: row.detectedAt.toISOString(),
    refreshed_at: row.refreshedAt?.toISOString() ?? null,
    ancestor: row.ancestor as JsonMap | null,
    file_data: row.yamlData as JsonMap | null,
    database_data: row.dbData as JsonMap | null,
    file_updated_at: row.yamlUpdatedAt?.toISOString() ?? null,
    database_updated_at: row.dbUpdatedAt?.toISOString() ?? null,
    database_updated_by: row.dbUpdatedBy,
    choice: row.choice,
    closed_at: row.closedAt?.toISOString() ?? null,
    closed_by: row.closedBy,
    run_id: row.runId,
  });
}

function renamedTo({ kind, yamlData }: Conflict): { renamed_to?: string } {
  const id = (yamlData as JsonMap | null)?.["id"];
  if (kind !== "renamed" || (typeof id !== "string" && typeof id !== "number")) return {};
  return { renamed_to: taskKey(id) };
}

import type { HistoryQuery } from "../../../lib/protocol/query.ts";
import type { RunChange, RunSummary } from "../../../lib/protocol/run.ts";
import type { JsonMap } from "../../../lib/json.ts";
import { fieldDiffs } from "../../../lib/audit/field-diffs.ts";
import type { Prisma, Run, RunChange as RunChangeRow } from "../generated/client.ts";
import { prisma } from "../prisma.ts";
import { objectChangesOf } from "./object-changes.ts";

/** Only an undo reads it, and it may be large. */
const WITHOUT_TEXT = { yamlAround: true } as const;

/** Runs before a sequence number, newest first. */
export async function runsBefore(
  { source, outcome, trigger }: Pick<HistoryQuery, "source" | "outcome" | "trigger">,
  before: bigint | null,
  limit: number,
): Promise<{ run: RunSummary; seq: bigint }[]> {
  const where: Prisma.RunWhereInput = {
    ...(source === undefined ? {} : { source }),
    ...(outcome === undefined ? {} : { outcome: { in: outcome } }),
    ...(trigger === undefined ? {} : { trigger: { in: trigger } }),
    ...(before === null ? {} : { seq: { lt: before } }),
  };
  const rows = await prisma().run.findMany({
    where,
    orderBy: { seq: "desc" },
    take: limit,
    omit: WITHOUT_TEXT,
  });
  return rows.map((row) => ({ run: toRunSummary(row), seq: row.seq }));
}

/** Runs of a source that were under way at some time between two times, the newest first. */
export async function runsWithin(source: string, since: string, until: string): Promise<RunSummary[]> {
  const rows = await prisma().run.findMany({
    where: { source, startedAt: { lte: new Date(until) }, finishedAt: { gte: new Date(since) } },
    orderBy: { seq: "desc" },
    omit: WITHOUT_TEXT,
  });
  return rows.map(toRunSummary);
}

export async function findRun(id: string): Promise<RunSummary | null> {
  const row = await prisma().run.findUnique({ where: { id }, omit: WITHOUT_TEXT });
  return row && toRunSummary(row);
}

/** A run's changes ordered by task id, after one of them, and their total number. */
export async function changesOf(
  runId: string,
  after: string | null,
  limit: number | undefined,
): Promise<{ changes: RunChange[]; total: number }> {
  const where = { runId, ...(after === null ? {} : { taskId: { gt: after } }) };
  const [rows, total] = await Promise.all([
    prisma().runChange.findMany({
      where,
      orderBy: { taskId: "asc" },
      ...(limit === undefined ? {} : { take: limit }),
    }),
    prisma().runChange.count({ where: { runId } }),
  ]);
  // A run of a source that is pulled changed objects, and no tasks.
  if (total === 0) return objectChangesOf(runId, after, limit);
  return { changes: rows.map(toRunChange), total };
}

/** What a summary needs of a stored run. */
export type SummedUpRun = Pick<
  Run,
  | "id"
  | "source"
  | "trigger"
  | "direction"
  | "requestedBy"
  | "outcome"
  | "startedAt"
  | "finishedAt"
  | "reverts"
> &
  Record<"counts" | "problems" | "halt", unknown>;

export function toRunSummary(row: SummedUpRun): RunSummary {
  return {
    id: row.id,
    source: row.source,
    trigger: row.trigger as RunSummary["trigger"],
    direction: row.direction as RunSummary["direction"],
    requested_by: row.requestedBy,
    outcome: row.outcome as RunSummary["outcome"],
    started_at: row.startedAt.toISOString(),
    finished_at: row.finishedAt.toISOString(),
    duration_ms: Math.max(0, row.finishedAt.getTime() - row.startedAt.getTime()),
    counts: row.counts as RunSummary["counts"],
    problems: row.problems as unknown as RunSummary["problems"],
    ...(row.halt === null ? {} : { halt: row.halt as RunSummary["halt"] }),
    ...(row.reverts === null ? {} : { reverts: row.reverts }),
  };
}

function toRunChange(row: RunChangeRow): RunChange {
  const before = row.before as JsonMap | null;
  const after = row.after as JsonMap | null;
  return {
    task_id: row.taskId,
    action: row.action as RunChange["action"],
    merged: row.merged,
    file: row.fileChanged,
    database: row.databaseChanged,
    before,
    after,
    diff: fieldDiffs(before, after),
    yaml_before: row.yamlBefore,
    yaml_after: row.yamlAfter,
  };
}

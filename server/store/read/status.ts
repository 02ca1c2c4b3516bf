import type { Problem } from "../../../lib/problem.ts";
import type { HaltJson, RunSummary } from "../../../lib/protocol/run.ts";
import type { Phase, Progress } from "../../../lib/protocol/status.ts";
import { prisma } from "../prisma.ts";
import { toRunSummary } from "./runs.ts";

/** What is stored of a source's state; the sync status is derived from it. */
export interface SourceStanding {
  source: string;
  path: string;
  revision: string | null;
  size: number | null;
  modifiedAt: string | null;
  phase: Phase;
  progress: Progress | null;
  problems: Problem[];
  halt: HaltJson | null;
  failures: number;
  comparedAt: Date | null;
  /** When the periodic sync looks again. */
  nextSyncAt: string | null;
  lastRun: RunSummary | null;
  /** Tasks that are pending or have edits no run has looked at. */
  pending: number;
  conflicts: number;
}

/** Null when there is no such source (yet). Without a name: `default`, or the first one there is. */
export async function sourceStanding(name: string | undefined): Promise<SourceStanding | null> {
  const sources = await prisma().source.findMany({
    ...(name === undefined ? {} : { where: { id: name } }),
    orderBy: { createdAt: "asc" },
  });
  const row = sources.find((source) => source.id === (name ?? "default")) ?? sources[0];
  if (!row) return null;
  const [lastRun, counts] = await Promise.all([
    prisma().run.findFirst({ where: { source: row.id }, orderBy: { seq: "desc" } }),
    prisma().$queryRaw<{ pending: bigint; conflicts: bigint }[]>`
      SELECT (SELECT count(*) FROM (SELECT task_id FROM pending_tasks WHERE source = ${row.id}
                UNION SELECT coalesce(task_id, '') FROM task_edits WHERE source = ${row.id}) waiting) AS pending,
             (SELECT count(*) FROM conflicts WHERE source = ${row.id} AND state = 'pending') AS conflicts`,
  ]);
  return {
    source: row.id,
    path: row.path,
    revision: row.fileRevision,
    size: row.fileSize === null ? null : Number(row.fileSize),
    modifiedAt: row.fileModifiedAt?.toISOString() ?? null,
    phase: row.phase as Phase,
    progress: row.progress as Progress | null,
    problems: row.problems as unknown as Problem[],
    halt: row.halt as HaltJson | null,
    failures: row.failures,
    comparedAt: row.comparedAt,
    nextSyncAt: row.nextSyncAt?.toISOString() ?? null,
    lastRun: lastRun && toRunSummary(lastRun),
    pending: Number(counts[0]?.pending ?? 0),
    conflicts: Number(counts[0]?.conflicts ?? 0),
  };
}

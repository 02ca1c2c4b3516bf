import type { Problem } from "../../../lib/problem.ts";
import type { OlderFileJson } from "../../../lib/protocol/older-file.ts";
import type { HaltJson, RunSummary } from "../../../lib/protocol/run.ts";
import type { Progress } from "../../../lib/protocol/progress.ts";
import type { Phase, Skip } from "../../../lib/protocol/status.ts";
import type { SourceProblem } from "../../../lib/source/place.ts";
import { Prisma } from "../generated/client.ts";
import { prisma } from "../prisma.ts";
import { toRunSummary, WITHOUT_TEXT } from "./runs.ts";

/** The stored state of a source, from which its sync status is derived. */
export interface SourceStanding {
  source: string;
  path: string;
  kind: string;
  objectType: string | null;
  parentSource: string | null;
  objects: number;
  /** As `storedSettings` reads it. */
  base: unknown;
  overrides: unknown;
  removedAt: string | null;
  createdAt: Date;
  revision: string | null;
  size: number | null;
  modifiedAt: string | null;
  phase: Phase;
  progress: Progress | null;
  problems: Problem[];
  halt: HaltJson | null;
  olderFile: OlderFileJson | null;
  failures: number;
  comparedAt: Date | null;
  lastSuccessAt: Date | null;
  lastSkip: Skip | null;
  /** When the next scheduled run is due. */
  nextSyncAt: string | null;
  lastRun: RunSummary | null;
  tasks: number;
  /** Number of tasks that are pending or have edits that no run has looked at. */
  pending: number;
  conflicts: number;
  /** Since when a request has waited for longer than a moment; null when none has. */
  waitingSince: Date | null;
  /** True when the triggers that report edits of rows are disabled. */
  triggersOff: boolean;
}

/** A change that was noticed may take this long until a run has looked at it. */
const A_MOMENT = "10 seconds";

interface Counts {
  id: string;
  waiting: Date | null;
  triggers_off: boolean;
  tasks: number;
  pending: number;
  conflicts: number;
  objects: number;
  run: string | null;
}

/** The state of every source, or of one. The number of queries does not depend on the number of sources. */
export async function sourceStandings(only?: string): Promise<SourceStanding[]> {
  const where = only === undefined ? {} : { id: only };
  const [sources, health, counts] = await Promise.all([
    prisma().source.findMany({ where, orderBy: { id: "asc" } }),
    prisma().sourceHealth.findMany({ where: only === undefined ? {} : { source: only } }),
    countsOfSources(only),
  ]);
  const latest = { id: { in: counts.flatMap(({ run }) => run ?? []) } };
  const runs = await prisma().run.findMany({ where: latest, omit: WITHOUT_TEXT });
  const runOf = new Map(runs.map((run) => [run.source, run]));
  const healthOf = new Map(health.map((row) => [row.source, row]));
  const countsOf = new Map(counts.map((row) => [row.id, row]));
  return sources.map((row) => {
    const lastRun = runOf.get(row.id);
    const now = healthOf.get(row.id);
    const {
      tasks = 0,
      pending = 0,
      conflicts = 0,
      waiting = null,
      triggers_off = false,
    } = countsOf.get(row.id) ?? {};
    return {
      source: row.id,
      path: row.path,
      kind: row.kind,
      objectType: row.objectType,
      parentSource: row.parentSource,
      objects: countsOf.get(row.id)?.objects ?? 0,
      base: row.base,
      overrides: row.settings,
      removedAt: row.removedAt?.toISOString() ?? null,
      createdAt: row.createdAt,
      revision: row.fileRevision,
      size: row.fileSize === null ? null : Number(row.fileSize),
      modifiedAt: row.fileModifiedAt?.toISOString() ?? null,
      phase: row.phase as Phase,
      progress: row.progress as Progress | null,
      problems: row.problems as unknown as Problem[],
      halt: row.halt as HaltJson | null,
      olderFile: row.olderFile as OlderFileJson | null,
      failures: row.failures,
      comparedAt: row.comparedAt,
      lastSuccessAt: now?.lastSuccessAt ?? null,
      lastSkip: (now?.lastSkip ?? null) as Skip | null,
      nextSyncAt: row.nextSyncAt?.toISOString() ?? null,
      lastRun: lastRun ? toRunSummary(lastRun) : null,
      tasks,
      pending,
      conflicts,
      waitingSince: waiting,
      triggersOff: triggers_off,
    };
  });
}

/** What is counted for each source. */
function countsOfSources(only: string | undefined): Promise<Counts[]> {
  const of = (column: string) =>
    only === undefined ? Prisma.empty : Prisma.sql`WHERE ${Prisma.raw(column)} = ${only}`;
  return prisma().$queryRaw<Counts[]>`
      SELECT s.id, coalesce(t.count, 0)::int AS tasks, coalesce(w.count, 0)::int AS pending,
        coalesce(c.count, 0)::int AS conflicts, coalesce(o.count, 0)::int AS objects,
             (SELECT min(q.created_at) FROM sync_requests q WHERE q.source = s.id AND q.answered_at IS NULL
                 AND q.created_at < clock_timestamp() - interval '${Prisma.raw(A_MOMENT)}') AS waiting,
             EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgrelid = 'tasks'::regclass AND NOT g.tgisinternal
                       AND g.tgname LIKE 'tasks\\_%' AND g.tgenabled NOT IN ('O', 'A')) AS triggers_off,
             (SELECT r.id::text FROM runs r WHERE r.source = s.id ORDER BY r.seq DESC LIMIT 1) AS run
        FROM sources s
        LEFT JOIN (SELECT source, count(*) FROM tasks ${of("source")} GROUP BY source) t ON t.source = s.id
        LEFT JOIN (SELECT source, count(*) FROM (SELECT source, task_id FROM pending_tasks ${of("source")}
                     UNION SELECT source, coalesce(task_id, '')
                       FROM task_edits ${of("source")}) waiting GROUP BY source) w ON w.source = s.id
        LEFT JOIN (SELECT source, count(*)
          FROM conflicts ${of("source")} ${only === undefined ? Prisma.sql`WHERE` : Prisma.sql`AND`}
            state = 'pending' GROUP BY source) c ON c.source = s.id
        LEFT JOIN (SELECT source, count(*)
          FROM stored_objects ${of("source")} ${only === undefined ? Prisma.sql`WHERE` : Prisma.sql`AND`}
            deleted_at IS NULL GROUP BY source) o ON o.source = s.id
       ${of("s.id")}`;
}

export interface SourcesFile {
  path: string;
  read_at: string;
  problems: SourceProblem[];
}

/** Each `sources.yml` as a worker last read it. */
export async function sourcesFiles(): Promise<SourcesFile[]> {
  const rows = await prisma().sourceFile.findMany({ orderBy: { path: "asc" } });
  return rows.map(({ path, readAt, problems }) => ({
    path,
    read_at: readAt.toISOString(),
    problems: problems as unknown as SourcesFile["problems"],
  }));
}

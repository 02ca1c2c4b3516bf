import type { Problem } from "../../../lib/problem.ts";
import type { OlderFileJson } from "../../../lib/protocol/older-file.ts";
import type { HaltJson, RunSummary } from "../../../lib/protocol/run.ts";
import type { Progress } from "../../../lib/protocol/progress.ts";
import type { Phase, Skip } from "../../../lib/protocol/status.ts";
import type { SourceProblem } from "../../../lib/source/place.ts";
import { pool } from "../pool.ts";
import { prisma } from "../prisma.ts";
import { type SummedUpRun, toRunSummary } from "./runs.ts";

/** The stored state of a source, from which its sync status is derived. */
export interface SourceStanding {
  source: string;
  path: string;
  kind: string;
  objectType: string | null;
  parentSource: string | null;
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

/**
 * One statement for all of it, because every open page asks for it after each event. Nothing in it grows with the number of
 * tasks; only what waits is counted.
 */
const STANDINGS = `
  SELECT s.id AS source, s.path, s.kind, s.object_type AS "objectType", s.parent_source AS "parentSource", s.base,
         s.settings AS overrides, s.removed_at AS "removedAt", s.created_at AS "createdAt", s.file_revision AS revision,
         s.file_size AS size, s.file_modified_at AS "modifiedAt", s.phase, s.progress, s.problems, s.halt,
         s.older_file AS "olderFile", s.failures, s.compared_at AS "comparedAt", s.next_sync_at AS "nextSyncAt",
         h.last_success_at AS "lastSuccessAt", h.last_skip AS "lastSkip",
         (SELECT count(*) FROM (SELECT task_id FROM pending_tasks p WHERE p.source = s.id
            UNION SELECT coalesce(task_id, '') FROM task_edits e WHERE e.source = s.id) waiting)::int AS pending,
         (SELECT count(*) FROM conflicts c WHERE c.source = s.id AND c.state = 'pending')::int AS conflicts,
         (SELECT min(q.created_at) FROM sync_requests q WHERE q.source = s.id AND q.answered_at IS NULL
             AND q.created_at < clock_timestamp() - interval '${A_MOMENT}') AS "waitingSince",
         EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgrelid = 'tasks'::regclass AND NOT g.tgisinternal
                   AND g.tgname LIKE 'tasks\\_%' AND g.tgenabled NOT IN ('O', 'A')) AS "triggersOff",
         CASE WHEN r.id IS NOT NULL THEN jsonb_build_object('id', r.id, 'source', r.source, 'trigger', r.trigger,
           'direction', r.direction, 'requestedBy', r.requested_by, 'outcome', r.outcome, 'startedAt', r.started_at,
           'finishedAt', r.finished_at, 'counts', r.counts, 'problems', r.problems, 'halt', r.halt, 'reverts', r.reverts)
         END AS run
    FROM sources s
    LEFT JOIN source_health h ON h.source = s.id
    LEFT JOIN LATERAL (SELECT * FROM runs r WHERE r.source = s.id ORDER BY r.seq DESC LIMIT 1) r ON true
   WHERE $1::text IS NULL OR s.id = $1
   ORDER BY s.id`;

type Times = "removedAt" | "modifiedAt" | "nextSyncAt";
type Row = Omit<SourceStanding, Times | "size" | "lastRun"> &
  Record<Times, Date | null> & {
    size: string | null;
    run: (Omit<SummedUpRun, "startedAt" | "finishedAt"> & { startedAt: string; finishedAt: string }) | null;
  };

/** The state of every source, or of one. */
export async function sourceStandings(only?: string): Promise<SourceStanding[]> {
  const { rows } = await pool().query<Row>(STANDINGS, [only ?? null]);
  return rows.map(({ run, size, removedAt, modifiedAt, nextSyncAt, ...row }) => ({
    ...row,
    size: size === null ? null : Number(size),
    removedAt: removedAt?.toISOString() ?? null,
    modifiedAt: modifiedAt?.toISOString() ?? null,
    nextSyncAt: nextSyncAt?.toISOString() ?? null,
    lastRun:
      run &&
      toRunSummary({ ...run, startedAt: new Date(run.startedAt), finishedAt: new Date(run.finishedAt) }),
  }));
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

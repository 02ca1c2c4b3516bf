import { prisma } from "../prisma.ts";

export interface SourceCounts {
  source: string;
  tasks: number;
  conflicts: number;
  pending: number;
  outbox: number;
  requests: number;
  failures: number;
  last_outcome: string | null;
  last_run_age: number | null;
}

/** One row per source for the metrics. Ages are in seconds by the database's clock. */
export async function countsBySource(): Promise<SourceCounts[]> {
  return prisma().$queryRaw<SourceCounts[]>`
    SELECT s.id AS source, s.failures,
           (SELECT count(*) FROM tasks t WHERE t.source = s.id)::int AS tasks,
           (SELECT count(*) FROM conflicts c WHERE c.source = s.id AND c.state = 'pending')::int AS conflicts,
           (SELECT count(*) FROM pending_tasks p WHERE p.source = s.id)::int AS pending,
           (SELECT count(*) FROM task_edits e WHERE e.source = s.id)::int AS outbox,
           (SELECT count(*) FROM sync_requests q WHERE q.source = s.id
             AND q.answered_at IS NULL)::int AS requests,
           last.outcome AS last_outcome,
           extract(epoch FROM clock_timestamp() - last.finished_at)::float8 AS last_run_age
      FROM sources s
      LEFT JOIN LATERAL (SELECT outcome, finished_at FROM runs r WHERE r.source = s.id
        ORDER BY seq DESC LIMIT 1) last ON true
     ORDER BY s.id`;
}

export async function runsByOutcome(): Promise<
  { source: string; outcome: string; trigger: string; runs: number }[]
> {
  return prisma().$queryRaw`
    SELECT source, outcome, trigger, count(*)::int AS runs FROM runs GROUP BY source, outcome, trigger`;
}

import type { RunAnswer, RunRequest } from "../../lib/run/request.ts";
import type { Trigger } from "../../lib/protocol/trigger.ts";
import type { Queryable } from "./pool.ts";
import { optionsJson } from "./stored-options.ts";
import { wake } from "./wake.ts";

export const ANSWER_CHANNEL = "lockstep_answers";

export interface NewRequest {
  source: string;
  trigger: Trigger;
  /** What the run is to do; left out or null: a plain sync. */
  options?: RunRequest | null;
  requested_by: string;
  /** The address of the client that asked. */
  requested_from?: string | undefined;
}

const ADD = `
  INSERT INTO sync_requests (source, trigger, options, requested_by, requested_from) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING RETURNING id::text`;

const columnsOf = ({ source, trigger, options, requested_by, requested_from }: NewRequest) => [
  source,
  trigger,
  optionsJson(options),
  requested_by,
  requested_from ?? null,
];

/**
 * Asks for a run and wakes a worker, in the caller's transaction. The job carries nothing: its key
 * makes many wake-ups one, and what is wanted stands in the row.
 * @returns the request's id, or null when the same look request is waiting already.
 */
export async function addRequest(db: Queryable, request: NewRequest): Promise<string | null> {
  const { rows } = await db.query<{ id: string | null }>(
    `WITH added AS (${ADD}) SELECT (SELECT id FROM added) AS id, ${wake("$1::text")} IS NOT NULL AS woken`,
    columnsOf(request),
  );
  return rows[0]?.id ?? null;
}

/**
 * Asks for a run in the caller's transaction and wakes no worker. The caller does that after the commit: transactions that
 * wake one for the same source have to wait for one another's commit, because the job has one row.
 * @returns the request's id, or null when the same look request is waiting already.
 */
export async function noteRequest(tx: Queryable, request: NewRequest): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(ADD, columnsOf(request));
  return rows[0]?.id ?? null;
}

/**
 * Gives each request its answer and tells those who wait. The person who asked for a run is in the audit with
 * what they asked for; a resolution is there as what became of its conflicts, and the periodic look of a
 * crontab only when there was something to it.
 */
export async function answerRequests(
  tx: Queryable,
  ids: readonly string[],
  runId: string | null,
  answer: RunAnswer,
): Promise<void> {
  await tx.query(
    `WITH answered AS (
       UPDATE sync_requests SET run_id = $2::uuid, answer = $3, answered_at = clock_timestamp()
        WHERE id = ANY($1::bigint[])
        RETURNING source, trigger, options, requested_by, requested_from, answer -> 'run' AS run),
     audited AS (
       INSERT INTO audit_entries (actor, address, action, subject, subject_id, run_id, source, detail)
       SELECT requested_by, requested_from,
              CASE options ->> 'kind' WHEN 'rollback' THEN 'rollback_requested' WHEN 'restore' THEN 'restore_requested' WHEN 'put_back' THEN 'tasks_put_back' ELSE 'sync_requested' END,
              'run', $2::uuid::text, $2::uuid, source,
              coalesce(options, '{}') - 'kind' || jsonb_build_object('trigger', trigger, 'outcome', run -> 'outcome', 'counts', run -> 'counts')
         FROM answered
        WHERE $2::uuid IS NOT NULL
          AND (trigger IN ('manual', 'rollback')
               OR trigger = 'cron' AND (run ->> 'outcome' <> 'succeeded' OR run -> 'counts' @? '$.* ? (@ > 0)')))
     SELECT pg_notify('${ANSWER_CHANNEL}', '')`,
    [ids, runId, JSON.stringify(answer)],
  );
}

/**
 * Answers look requests, for which no caller waits, of a run that changed nothing. Should a crash of PostgreSQL
 * lose this they are answered again, so the commit need not wait for the disk.
 * @param success the source and when its run ended, where it was a success.
 */
export async function answerLookRequests(
  tx: Queryable,
  ids: readonly string[],
  answer: RunAnswer,
  success: { source: string; at: string } | null,
): Promise<void> {
  await tx.query(
    `WITH answered AS (
       UPDATE sync_requests SET answer = $2, answered_at = clock_timestamp() WHERE id = ANY($1::bigint[])),
     succeeded AS (
       INSERT INTO source_health (source, last_success_at) SELECT $3::text, $4::timestamptz WHERE $3::text IS NOT NULL
       ON CONFLICT (source) DO UPDATE SET last_success_at = excluded.last_success_at)
     SELECT set_config('synchronous_commit', 'off', true)`,
    [ids, JSON.stringify(answer), success?.source ?? null, success?.at ?? null],
  );
}

/** Gives back, unanswered, what this transaction took to work on. */
export async function releaseRequests(tx: Queryable, ids: readonly string[]): Promise<void> {
  await tx.query("UPDATE sync_requests SET claimed = false WHERE id = ANY($1::bigint[])", [ids]);
}

/** For what only its asker could want, and once. */
export async function forgetRequest(db: Queryable, id: string): Promise<void> {
  await db.query("DELETE FROM sync_requests WHERE id = $1", [id]);
}

/** The answers that are there already. */
export async function readAnswers(db: Queryable, ids: readonly string[]): Promise<Map<string, RunAnswer>> {
  const { rows } = await db.query<{ id: string; answer: RunAnswer }>(
    "SELECT id::text, answer FROM sync_requests WHERE id = ANY($1::bigint[]) AND answered_at IS NOT NULL",
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.answer]));
}

/** Younger ones have just been asked for, and their job may be in the making. */
const FORGOTTEN_AFTER = "5 seconds";

/**
 * Wakes workers anew for sources of which requests wait while neither a run goes on (it would hold the
 * source's lock row, and no longer than it lives) nor a job for one stands in the queue.
 * @returns the sources.
 */
export async function wakeForgotten(db: Queryable, sources: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ source: string }>(
    `WITH forgotten AS (
       SELECT q.source FROM sync_requests q
        WHERE q.answered_at IS NULL AND q.source = ANY($1::text[]) AND q.created_at < now() - interval '${FORGOTTEN_AFTER}'
        GROUP BY q.source),
     free AS (
       SELECT l.name FROM locks l WHERE l.name = ANY (SELECT 'source:' || f.source FROM forgotten f)
          FOR KEY SHARE SKIP LOCKED)
     SELECT f.source, ${wake("f.source")} IS NOT NULL AS woken FROM forgotten f
      WHERE NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'sync:' || f.source AND j.locked_at IS NULL AND j.attempts < j.max_attempts)
        AND (EXISTS (SELECT 1 FROM free WHERE free.name = 'source:' || f.source)
             OR NOT EXISTS (SELECT 1 FROM locks l WHERE l.name = 'source:' || f.source))`,
    [sources],
  );
  return rows.map(({ source }) => source);
}

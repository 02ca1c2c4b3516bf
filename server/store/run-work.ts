import type { Problem } from "../../lib/problem.ts";
import type { WaitingRequest } from "../../lib/run/choose-requests.ts";
import type { RunRequest } from "../../lib/run/request.ts";
import type { OlderFile } from "../../lib/run/older-file.ts";
import type { HaltJson } from "../../lib/protocol/run.ts";
import type { Phase } from "../../lib/protocol/status.ts";
import type { PendingReason } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { type FileIntent, readIntent, type StoredIntent } from "./file-intents.ts";
import type { Queryable } from "./pool.ts";
import { storedOptions, type StoredOptions } from "./stored-options.ts";

export interface SourceRow {
  id: string;
  path: string;
  base: unknown;
  settings: Record<string, unknown>;
  phase: Phase;
  removed_at: string | null;
  file_revision: string | null;
  problems: Problem[];
  halt: Pick<HaltJson, "plan_hash" | "lost"> | null;
  /** What the halted run was asked for, where that is more than a sync. */
  halted_request: RunRequest | null;
  /** The position of the newest revision of the file that a run has seen. */
  file_position: number;
  older_file: OlderFile | null;
  failures: number;
  compared_at: string | null;
}

/** What a run starts from, but the outbox and the two sides themselves. */
export interface RunWork {
  source: SourceRow;
  requests: WaitingRequest[];
  /** In the order in which they became pending, or were last refused. */
  pending: Map<TaskKey, PendingReason>;
  /** Pending tasks of which the file's text is of an earlier revision, with its position. */
  behind: Map<TaskKey, number>;
  intent: FileIntent | null;
}

const LOOK_REQUESTS = "('watch', 'database', 'schedule')";

/**
 * Marks the look requests that a plain run is about to answer, before it looks at anything: the same
 * look request coming now, for something this run may be too late to see, then waits for the end of this
 * transaction (it meets an index entry in the making) and is a request of its own, instead of being
 * taken for the one that is in work. When the transaction dies the mark dies with it. A statement
 * of its own, as `LOAD` must see all that was committed before the mark.
 */
const CLAIM = `
  UPDATE sync_requests SET claimed = true
   WHERE source = $1 AND answered_at IS NULL AND options IS NULL AND NOT claimed AND trigger IN ${LOOK_REQUESTS}
     AND (SELECT o.options IS NULL FROM sync_requests o
           WHERE o.source = $1 AND o.answered_at IS NULL ORDER BY o.id LIMIT 1)`;

const LOAD = `
  SELECT (SELECT to_jsonb(s) FROM sources s WHERE s.id = $1) AS source,
         (SELECT jsonb_agg(jsonb_build_object('id', r.id::text, 'trigger', r.trigger, 'options', r.options,
                                              'requested_by', r.requested_by, 'requested_from', r.requested_from, 'round_id', r.round_id) ORDER BY r.id)
            FROM sync_requests r WHERE r.source = $1 AND r.answered_at IS NULL
             AND (r.claimed OR r.options IS NOT NULL OR r.round_id IS NOT NULL OR r.trigger NOT IN ${LOOK_REQUESTS})) AS requests,
         (SELECT jsonb_agg(jsonb_build_array(p.task_id, p.reason, p.file_position) ORDER BY p.since, p.task_id) FROM pending_tasks p WHERE p.source = $1) AS pending,
         (SELECT to_jsonb(i) FROM file_intents i WHERE i.source = $1) AS intent`;

interface LoadedWork {
  source: (Omit<SourceRow, "halted_request"> & { halted_request: StoredOptions | null }) | null;
  requests: (Omit<WaitingRequest, "options"> & { options: StoredOptions | null })[] | null;
  pending: [TaskKey, PendingReason, number | null][] | null;
  intent: StoredIntent | null;
}

/**
 * Takes on what waits for a run: with the lock, the empty outbox and the answer, all that a run in which
 * nothing changed asks the database.
 */
export async function takeRunWork(tx: Queryable, source: string): Promise<RunWork | null> {
  const [, { rows }] = await Promise.all([tx.query(CLAIM, [source]), tx.query<LoadedWork>(LOAD, [source])]);
  const row = rows[0];
  // What waits for a source that was removed goes on waiting, until it comes back.
  if (!row?.source || row.source.removed_at !== null) return null;
  return {
    source: { ...row.source, halted_request: storedOptions(row.source.halted_request) },
    requests: (row.requests ?? []).map((each) => ({ ...each, options: storedOptions(each.options) })),
    pending: new Map((row.pending ?? []).map(([key, reason]) => [key, reason])),
    behind: new Map((row.pending ?? []).flatMap(([key, , at]) => (at === null ? [] : [[key, at] as const]))),
    intent: row.intent && readIntent(row.intent),
  };
}

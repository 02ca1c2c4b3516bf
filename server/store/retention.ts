import type pg from "pg";
import { KEPT_DELETIONS } from "./carried-deletions.ts";
import { KEPT_REVISIONS } from "./file-revisions.ts";
import { inTransaction } from "./transaction.ts";

/** Answers are kept this long for clients that come back for them. */
const ANSWERS = "1 day";
/** Rounds are kept this long; the history of runs says what their runs did. */
const ROUNDS = "7 days";

/**
 * Deletes what is older than the retention: runs with their changes, closed conflicts, audit entries,
 * answered requests, records of pulls, and objects that another system has not had for so long. Never a task, an ancestor, an open conflict or an edit that no run has seen. History and
 * audit only allow deleting what is older than the days named in the transaction, and keep an entry that says
 * how much was deleted. Of seen revisions and carried deletions a number is kept, whatever their age.
 * @param days the retention.
 * @returns how many rows of each table were deleted.
 */
export async function applyRetention(pool: pg.Pool, days: number): Promise<Record<string, number>> {
  const old = "< now() - make_interval(days => $1)";
  const statements: Record<string, [string, unknown[]]> = {
    // The last run of each source stays at any age, because it says when the source was last in step.
    runs: [
      `DELETE FROM runs r WHERE started_at ${old} AND EXISTS (SELECT 1 FROM runs n WHERE n.source = ` +
        "r.source AND n.seq > r.seq)",
      [days],
    ],
    // After their runs, since they go with these.
    object_changes: [
      `DELETE FROM object_changes c WHERE at ${old} AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.id = c.run_id)`,
      [days],
    ],
    pulls: [
      `DELETE FROM pulls p WHERE finished_at ${old} AND EXISTS (SELECT 1 FROM pulls n WHERE n.source = p.source AND n.seq > p.seq)`,
      [days],
    ],
    stored_objects: [`DELETE FROM stored_objects WHERE deleted_at ${old}`, [days]],
    conflicts: [`DELETE FROM conflicts WHERE state <> 'pending' AND closed_at ${old}`, [days]],
    renamed_tasks: [`DELETE FROM renamed_tasks WHERE renamed_at ${old}`, [days]],
    audit_entries: [`DELETE FROM audit_entries WHERE at ${old}`, [days]],
    sync_requests: [`DELETE FROM sync_requests WHERE answered_at < now() - interval '${ANSWERS}'`, []],
    access_sessions: ["DELETE FROM access_sessions WHERE expires_at < now()", []],
    access_links: [
      `DELETE FROM access_links WHERE expires_at < now() - interval '${ANSWERS}' OR used_at < now() - ` +
        `interval '${ANSWERS}'`,
      [],
    ],
    access_throttle: ["DELETE FROM access_throttle WHERE expire < extract(epoch FROM now()) * 1000", []],
    // Their tasks as they were go with them.
    bulk_actions: [`DELETE FROM bulk_actions WHERE started_at ${old}`, [days]],
    rounds: [`DELETE FROM rounds WHERE finished_at < now() - interval '${ROUNDS}'`, []],
    file_revisions: [
      `DELETE FROM file_revisions f USING (
         SELECT source, revision, row_number() OVER (PARTITION BY source, written ORDER BY seen_at DESC) AS age
           FROM file_revisions) a
        WHERE f.source = a.source AND f.revision = a.revision AND a.age > $1`,
      [KEPT_REVISIONS],
    ],
    carried_deletions: [
      `DELETE FROM carried_deletions d USING (
         SELECT source, task_id, row_number() OVER (PARTITION BY source ORDER BY position DESC) AS age
           FROM carried_deletions) a
        WHERE d.source = a.source AND d.task_id = a.task_id AND a.age > $1`,
      [KEPT_DELETIONS],
    ],
    task_edits: [
      "DELETE FROM task_edits e WHERE NOT EXISTS (SELECT 1 FROM sources s WHERE s.id = e.source)",
      [],
    ],
  };
  return inTransaction(pool, async (tx) => {
    await tx.query(
      "SELECT set_config('lockstep.retention_days', $1, true), set_config('lockstep.actor', " +
        "'retention', true)",
      [String(days)],
    );
    const removed: Record<string, number> = {};
    for (const [name, [sql, values]] of Object.entries(statements)) {
      removed[name] = (await tx.query(sql, values)).rowCount ?? 0;
    }
    return removed;
  });
}

import type { FileAuthor } from "../../lib/audit/file-author.ts";
import { EVENT_CHANNEL } from "../../lib/protocol/event.ts";
import type { Queryable } from "./pool.ts";

/** Stores who made the edit that a run carried. Open pages of the audit log then load it again. */
export async function saveFileAuthor(db: Queryable, runId: string, author: FileAuthor): Promise<void> {
  await db.query(
    `WITH added AS (INSERT INTO file_authors (run_id, author) SELECT id, $2 FROM runs WHERE id = $1
      ON CONFLICT DO NOTHING)
     SELECT pg_notify('${EVENT_CHANNEL}', '{"event":"audit_changed"}')`,
    [runId, JSON.stringify(author)],
  );
}

import type { FileAuthor } from "../../lib/audit/file-author.ts";
import type { Queryable } from "./pool.ts";
import { publish } from "./publish.ts";

/** Saves the author of the edit that a run carried; pages that show the audit look again. */
export async function saveFileAuthor(db: Queryable, runId: string, author: FileAuthor): Promise<void> {
  await db.query(
    "INSERT INTO file_authors (run_id, author) SELECT id, $2 FROM runs WHERE id = $1 ON CONFLICT DO NOTHING",
    [runId, JSON.stringify(author)],
  );
  await publish(db, [{ event: "audit_changed" }]);
}

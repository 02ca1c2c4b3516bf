import type { JsonMap } from "../../lib/json.ts";
import type { IntentItem } from "../../lib/sync/recover.ts";
import type { Ancestor } from "../../lib/sync/types.ts";
import type { Queryable } from "./pool.ts";

export interface FileIntent {
  revision_before: string;
  revision_after: string;
  items: IntentItem[];
}

/** An intent as an earlier release may have stored it, which called the fields left behind `fileLag`. */
export type StoredIntent = Omit<FileIntent, "items"> & {
  items: (Omit<IntentItem, "ancestor"> & { ancestor: (Ancestor & { fileLag?: JsonMap }) | null })[];
};

/** The stored intent in today's words, so that an upgrade can finish the write of a process that was killed. */
export function readIntent(stored: StoredIntent): FileIntent {
  const items = stored.items.map(({ ancestor, ...item }): IntentItem => {
    if (ancestor === null) return { ...item, ancestor };
    const { content, fieldsLeftBehind, fileLag, carried = {} } = ancestor;
    return { ...item, ancestor: { content, fieldsLeftBehind: fieldsLeftBehind ?? fileLag ?? {}, carried } };
  });
  return { ...stored, items };
}

/**
 * On a connection of its own, so that it is on disk before the file is touched.
 * @param transaction the id of the run's transaction.
 * @returns false, and nothing is saved, when that is over: another run may have the source.
 */
export async function saveIntent(
  db: Queryable,
  source: string,
  transaction: string,
  intent: FileIntent,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO file_intents (source, revision_before, revision_after, items)
     SELECT $1, $2, $3, $4 WHERE pg_xact_status($5::xid8) = 'in progress'
     ON CONFLICT (source) DO UPDATE SET revision_before = excluded.revision_before,
       revision_after = excluded.revision_after, items = excluded.items, created_at = clock_timestamp()`,
    [source, intent.revision_before, intent.revision_after, JSON.stringify(intent.items), transaction],
  );
  return rowCount === 1;
}

export async function dropIntent(db: Queryable, source: string): Promise<void> {
  await db.query("DELETE FROM file_intents WHERE source = $1", [source]);
}

/**
 * After a crash, and once: the next run compares everything.
 * @param position of the revision that the killed run has written.
 */
export async function completeIntent(tx: Queryable, source: string, position: number): Promise<void> {
  await dropIntent(tx, source);
  await tx.query("UPDATE sources SET compared_at = NULL, file_position = $2 WHERE id = $1", [
    source,
    position,
  ]);
}

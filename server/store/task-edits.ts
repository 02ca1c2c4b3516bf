import type { OutboxEdit } from "../../lib/run/choose-requests.ts";
import { toColumns } from "./columns.ts";
import type { Queryable } from "./pool.ts";

/** The ids of the outbox that one statement reads, so that the memory for it does not grow with the outbox. */
const PAGE = 50_000;

const FIRST_FROM = (id: string) =>
  `(SELECT id FROM task_edits WHERE source = $1 AND id >= ${id} ORDER BY id LIMIT 1)`;

/**
 * The edits of a page by task and actor: an outbox with millions of edits of a few tasks becomes a few lines.
 * A page is a range of ids. With a LIMIT of rows, PostgreSQL may read and sort all that is left for each page.
 */
const READ_PAGE = `
  WITH page AS MATERIALIZED (SELECT first.id, ${FIRST_FROM(`first.id + ${PAGE}`)} AS next FROM ${FIRST_FROM("$2")} AS first)
  SELECT max(e.id)::text AS id, e.task_id, e.actor, (SELECT next::text FROM page) AS next
    FROM task_edits e
   WHERE e.source = $1 AND e.id >= (SELECT id FROM page) AND e.id < (SELECT id FROM page) + ${PAGE}
   GROUP BY e.task_id, e.actor ORDER BY max(e.id)`;

/**
 * Reads the source's outbox, page by page. All of it is read, because a guard that sees only a part of the
 * deletions would let a mass deletion pass. The first page is sent at once, so that it can share a round trip
 * with other statements.
 * @returns the oldest first.
 */
export async function readEdits(tx: Queryable, source: string): Promise<OutboxEdit[]> {
  const edits = new Map<string, OutboxEdit>();
  for (let from: string | null = "0"; from !== null;) {
    const { rows }: { rows: (OutboxEdit & { next: string | null })[] } = await tx.query(READ_PAGE, [
      source,
      from,
    ]);
    for (const { id, task_id, actor } of rows) {
      const key = JSON.stringify([task_id, actor]);
      edits.delete(key); // so that it stands where its newest edit does
      edits.set(key, { id, task_id, actor });
    }
    from = rows[0]?.next ?? null;
  }
  return [...edits.values()];
}

/**
 * Deletes the edits that were read: for each task and actor those up to the newest read. The lock on the
 * task's row gives its edits their ids in the order of their commits, so all of these were read. Over all
 * tasks ids say nothing, because a transaction with lower ids may commit later; its edits wait for the next run.
 */
export async function forgetEdits(
  tx: Queryable,
  source: string,
  edits: readonly OutboxEdit[],
): Promise<void> {
  const newest = edits.at(-1);
  if (!newest) return;
  const columns = toColumns(edits, [({ task_id }) => task_id ?? "", ({ actor }) => actor, ({ id }) => id]);
  await tx.query(
    `DELETE FROM task_edits e USING unnest($3::text[], $4::text[], $5::bigint[]) AS read (task_id, actor, id)
      WHERE e.source = $1 AND e.id <= $2
        AND coalesce(e.task_id, '') = read.task_id AND e.actor = read.actor AND e.id <= read.id`,
    [source, newest.id, ...columns],
  );
}

export async function sourcesWithEdits(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    "SELECT s.id FROM sources s WHERE s.removed_at IS NULL AND EXISTS (SELECT 1 FROM task_edits e WHERE e.source = s.id)",
  );
  return rows.map((row) => row.id);
}

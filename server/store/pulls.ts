import type { Problem } from "../../lib/problem.ts";
import type { PullKind, PullState } from "../../lib/protocol/pull.ts";
import { forgetSightings } from "./sightings.ts";
import type { Queryable } from "./pool.ts";

/** A pull is gone on with for so long after it began; later its pages are no picture of anything. */
const RESUMED_WITHIN = "1 day";

export interface PullRow {
  id: string;
  run_id: string;
  kind: PullKind;
  pass: number;
  started_at: Date;
  resumed: number;
  /** Counted in this pull so far. */
  pages: number;
  items: number;
  unique_ids: number;
  created: number;
  updated: number;
}

export interface NewPull {
  source: string;
  run_id: string;
  kind: PullKind;
  config: string;
  wish: string;
  holder: string;
  started_at: Date;
}

const COLUMNS = "id, run_id, kind, pass, started_at, resumed, pages, items, unique_ids, created, updated";

/** Goes on with the pull that a killed process left, where it is the same that is wanted; otherwise begins one. */
export async function openPull(tx: Queryable, pull: NewPull): Promise<PullRow> {
  const taken = await tx.query<PullRow>(
    `UPDATE pulls SET holder = $5, resumed = resumed + 1
      WHERE source = $1 AND state = 'running' AND kind = $2 AND config = $3 AND wish = $4
        AND started_at > clock_timestamp() - interval '${RESUMED_WITHIN}' RETURNING ${COLUMNS}`,
    [pull.source, pull.kind, pull.config, pull.wish, pull.holder],
  );
  if (taken.rows[0]) return taken.rows[0];
  const { rows: left } = await tx.query<{ id: string }>(
    `UPDATE pulls SET state = 'abandoned', finished_at = clock_timestamp(), reason = 'another pull took its place'
      WHERE source = $1 AND state = 'running' RETURNING id`,
    [pull.source],
  );
  for (const { id } of left) await forgetSightings(tx, id);
  const { rows } = await tx.query<PullRow>(
    `INSERT INTO pulls (source, run_id, kind, config, wish, holder, started_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     RETURNING ${COLUMNS}`,
    [pull.source, pull.run_id, pull.kind, pull.config, pull.wish, pull.holder, pull.started_at],
  );
  const [begun] = rows;
  if (!begun) throw new Error("a pull was not stored");
  return begun;
}

/** The numbers of a pull that grow while it goes on. */
export interface PullCounts {
  pass: number;
  pages: number;
  items: number;
  unique_ids: number;
  created: number;
  updated: number;
  lists_read: number;
  last_request: string | null;
}

/** Whether this process still has the pull. When it has, no other can take it before the transaction ends. */
export async function holdPull(tx: Queryable, id: string, holder: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "SELECT FROM pulls WHERE id = $1 AND holder = $2 AND state = 'running' FOR NO KEY UPDATE",
    [id, holder],
  );
  return rowCount === 1;
}

/** Stores how far a pull is. @returns false when another process has it by now: then nothing may be written. */
export async function savePullCounts(
  tx: Queryable,
  id: string,
  holder: string,
  counts: PullCounts,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE pulls SET pass = $3, pages = $4, items = $5, unique_ids = $6, created = $7, updated = $8, lists_read = $9,
            last_request = $10 WHERE id = $1 AND holder = $2 AND state = 'running'`,
    [
      id,
      holder,
      counts.pass,
      counts.pages,
      counts.items,
      counts.unique_ids,
      counts.created,
      counts.updated,
      counts.lists_read,
      counts.last_request,
    ],
  );
  return rowCount === 1;
}

export interface PullEnd extends PullCounts {
  state: PullState;
  finished_at: Date;
  lists: number;
  declared_total: number | null;
  first_page: "unchanged" | "changed" | null;
  deleted: number;
  reason: string | null;
  problems: Problem[];
}

/** Ends a pull. @returns false when another process has it by now. */
export async function finishPull(tx: Queryable, id: string, holder: string, end: PullEnd): Promise<boolean> {
  if (!(await savePullCounts(tx, id, holder, end))) return false;
  await tx.query(
    `UPDATE pulls SET state = $2, finished_at = $3, lists = $4, declared_total = $5, first_page = $6, deleted = $7,
            reason = $8, problems = $9 WHERE id = $1`,
    [
      id,
      end.state,
      end.finished_at,
      end.lists,
      end.declared_total,
      end.first_page,
      end.deleted,
      end.reason,
      JSON.stringify(end.problems),
    ],
  );
  await forgetSightings(tx, id);
  return true;
}

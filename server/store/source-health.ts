import type { Trigger } from "../../lib/protocol/trigger.ts";
import type { Queryable } from "./pool.ts";

/** Records that a run brought both sides in step, or found them in step. */
export async function saveSuccess(tx: Queryable, source: string, at: string): Promise<void> {
  await tx.query(
    `INSERT INTO source_health (source, last_success_at) VALUES ($1, $2)
     ON CONFLICT (source) DO UPDATE SET last_success_at = excluded.last_success_at`,
    [source, at],
  );
}

/** Records sources that would have run by themselves but were skipped. */
export async function saveSkips(
  db: Queryable,
  sources: readonly string[],
  skip: { at: string; trigger: Trigger; reason: string },
): Promise<void> {
  if (sources.length === 0) return;
  await db.query(
    `INSERT INTO source_health (source, last_skip) SELECT id, $2::jsonb FROM unnest($1::text[]) AS id
     ON CONFLICT (source) DO UPDATE SET last_skip = excluded.last_skip`,
    [sources, JSON.stringify(skip)],
  );
}

export interface SourceHealth {
  id: string;
  base: unknown;
  settings: Record<string, unknown>;
  created_at: Date;
  last_success_at: Date | null;
  stale_since: Date | null;
}

/** The health of every source in use. */
export async function sourcesHealth(db: Queryable): Promise<SourceHealth[]> {
  const { rows } = await db.query<SourceHealth>(
    `SELECT s.id, s.base, s.settings, s.created_at, h.last_success_at, h.stale_since
       FROM sources s LEFT JOIN source_health h ON h.source = s.id WHERE s.removed_at IS NULL`,
  );
  return rows;
}

/**
 * Stores since when a source is stale, or that it is not.
 * @returns whether this was a change: of several processes that notice it, one gets true.
 */
export async function saveStale(tx: Queryable, source: string, since: Date | null): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO source_health (source, stale_since) VALUES ($1, $2)
     ON CONFLICT (source) DO UPDATE SET stale_since = excluded.stale_since
      WHERE (source_health.stale_since IS NULL) <> (excluded.stale_since IS NULL)`,
    [source, since],
  );
  return rowCount === 1;
}

import type { Queryable } from "./pool.ts";

/** How many revisions are remembered of each source: so many that runs have written, and so many of other authors. */
export const KEPT_REVISIONS = 10_000;

export interface SeenRevision {
  position: number;
  /** When the file last had it (ISO 8601). */
  seenAt: string;
}

/** The revision as it was first seen; null when it is not remembered. */
export async function findRevision(
  tx: Queryable,
  source: string,
  revision: string,
): Promise<SeenRevision | null> {
  const { rows } = await tx.query<{ position: string; seen_at: Date }>(
    "SELECT position, seen_at FROM file_revisions WHERE source = $1 AND revision = $2",
    [source, revision],
  );
  const [row] = rows;
  return row ? { position: Number(row.position), seenAt: row.seen_at.toISOString() } : null;
}

export interface NewRevision {
  revision: string;
  position: number;
  /** Whether a run has written it. */
  written: boolean;
}

/**
 * Remembers revisions, and the source's position. A revision that was seen before keeps its first position, because
 * what was carried into the file since is as unknown to it as ever.
 */
export async function saveRevisions(
  tx: Queryable,
  source: string,
  revisions: readonly NewRevision[],
  position: number,
): Promise<void> {
  for (const { revision, position: at, written } of revisions) {
    await tx.query(
      `INSERT INTO file_revisions AS known (source, revision, position, written) VALUES ($1, $2, $3, $4)
       ON CONFLICT (source, revision) DO UPDATE
         SET seen_at = now(), written = known.written AND excluded.written`,
      [source, revision, at, written],
    );
  }
  await savePosition(tx, source, position);
}

/** Says that a person has chosen this revision, so that it counts as the newest one. */
export async function chooseRevision(
  tx: Queryable,
  source: string,
  revision: string,
  position: number,
): Promise<void> {
  await tx.query(
    `INSERT INTO file_revisions (source, revision, position, written) VALUES ($1, $2, $3, false)
     ON CONFLICT (source, revision) DO UPDATE SET seen_at = now(), position = excluded.position`,
    [source, revision, position],
  );
  await savePosition(tx, source, position);
}

async function savePosition(tx: Queryable, source: string, position: number): Promise<void> {
  await tx.query("UPDATE sources SET file_position = $2 WHERE id = $1", [source, position]);
}

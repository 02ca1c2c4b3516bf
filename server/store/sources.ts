import type { Problem } from "../../lib/problem.ts";
import type { HaltJson } from "../../lib/protocol/run.ts";
import type { Progress } from "../../lib/protocol/progress.ts";
import type { Phase } from "../../lib/protocol/status.ts";
import type { Queryable } from "./pool.ts";

export interface SourceRecord {
  id: string;
  path: string;
}

/** Registers a source, or takes over its new path; its settings and state stay. */
export async function registerSource(db: Queryable, source: SourceRecord): Promise<void> {
  await db.query(
    `INSERT INTO sources (id, path) VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET path = excluded.path, file_revision = CASE
       WHEN sources.path = excluded.path THEN sources.file_revision END`,
    [source.id, source.path],
  );
}

export async function listSources(db: Queryable): Promise<SourceRecord[]> {
  const { rows } = await db.query<SourceRecord>("SELECT id, path FROM sources ORDER BY id");
  return rows;
}

export interface SourceState {
  /** Undefined: leave as it is (nothing of this revision has been carried out). */
  reconciledRevision?: string;
  file: { size: number | null; modifiedAt: string | null };
  problems: Problem[];
  halt: HaltJson | null;
  failures: number;
  comparedAt?: string;
}

export async function saveSourceState(tx: Queryable, source: string, state: SourceState): Promise<void> {
  await tx.query(
    `UPDATE sources SET file_revision = coalesce($2, file_revision), file_size = $3, file_modified_at = $4,
            problems = $5, halt = $6, failures = $7, compared_at = coalesce($8, compared_at),
            phase = 'idle', progress = NULL
      WHERE id = $1`,
    [
      source,
      state.reconciledRevision ?? null,
      state.file.size,
      state.file.modifiedAt,
      JSON.stringify(state.problems),
      state.halt ? JSON.stringify(state.halt) : null,
      state.failures,
      state.comparedAt ?? null,
    ],
  );
}

/** How far a long run is, outside its transaction so that others see it. */
export async function savePhase(db: Queryable, source: string, phase: Phase, progress: Progress | null): Promise<void> {
  await db.query("UPDATE sources SET phase = $2, progress = $3 WHERE id = $1", [
    source,
    phase,
    progress ? JSON.stringify(progress) : null,
  ]);
}

/**
 * Takes the turn of every source whose periodic sync is due and moves the due time on: with any
 * number of workers asking, each turn is given once.
 */
export async function claimDueSources(db: Queryable, intervalSeconds: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `UPDATE sources SET next_sync_at = now() + make_interval(secs => $1)
      WHERE next_sync_at IS NULL OR next_sync_at <= now() OR next_sync_at > now() + make_interval(secs => $1)
      RETURNING id`,
    [intervalSeconds],
  );
  return rows.map((row) => row.id);
}

export async function saveSourceFailure(tx: Queryable, source: string, problems: Problem[], failures: number): Promise<void> {
  await tx.query("UPDATE sources SET problems = $2, failures = $3, phase = 'idle', progress = NULL WHERE id = $1", [
    source,
    JSON.stringify(problems),
    failures,
  ]);
}

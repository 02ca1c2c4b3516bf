import type { Problem } from "../../lib/problem.ts";
import type { HaltJson } from "../../lib/protocol/run.ts";
import type { Progress } from "../../lib/protocol/progress.ts";
import type { RunRequest } from "../../lib/run/request.ts";
import type { OlderFile } from "../../lib/run/older-file.ts";
import type { Phase } from "../../lib/protocol/status.ts";
import type { BasedSettings } from "../../lib/source/settings.ts";
import { baseToStore } from "../../lib/source/stored.ts";
import { inBatches, toColumns } from "./columns.ts";
import { tryLockRow } from "./lock-rows.ts";
import type { Queryable } from "./pool.ts";
import { optionsJson } from "./stored-options.ts";

export interface SourceRecord {
  id: string;
  path: string;
}

export interface RegisteredSource extends SourceRecord {
  /** Its settings as the files say: {settings, origins}. */
  base?: BasedSettings;
  /** Of a source of tasks; left out: a YAML file. */
  kind?: string;
  /** For a source of objects, which is pulled from an API. */
  collection?: { kind: string; type: string; parent: string | null } | undefined;
}

/** Registers a source, or gives it a new path; its settings and state stay. */
export async function registerSource(db: Queryable, source: RegisteredSource): Promise<void> {
  await registerSources(db, [source]);
}

/**
 * Registers sources: new ones, sources with another path or base, and sources that come back.
 * @returns the ids of the sources that changed.
 */
export async function registerSources(
  db: Queryable,
  sources: readonly RegisteredSource[],
): Promise<string[]> {
  const changed: string[] = [];
  await inBatches(sources, async (batch) => {
    const { rows } = await db.query<{ id: string }>(
      `INSERT INTO sources (id, path, kind, object_type, parent_source, base, next_sync_at)
       SELECT id, path, kind, object_type, parent_source, coalesce(base, '{"settings": {}, "origins": {}}'),
              -- The first one is at the start, or when it comes to the list.
              now() + (base -> 'settings' ->> 'sync_interval_minutes')::float8 * interval '1 minute'
         FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::text[], $5::text[], $6::text[])
                AS given (id, path, base, kind, object_type, parent_source)
       ON CONFLICT (id) DO UPDATE SET path = excluded.path, base = excluded.base, removed_at = NULL, kind = excluded.kind,
          object_type = excluded.object_type, parent_source = excluded.parent_source,
          file_revision = CASE WHEN sources.path = excluded.path THEN sources.file_revision END
        WHERE (sources.path, sources.base, sources.kind, sources.object_type, sources.parent_source)
                IS DISTINCT FROM (excluded.path, excluded.base, excluded.kind, excluded.object_type, excluded.parent_source)
          OR sources.removed_at IS NOT NULL
       RETURNING id`,
      toColumns(batch, [
        (source) => source.id,
        (source) => source.path,
        (source) => (source.base ? JSON.stringify(baseToStore(source.base)) : null),
        (source) => source.collection?.kind ?? source.kind ?? "yaml-file",
        (source) => source.collection?.type ?? null,
        (source) => source.collection?.parent ?? null,
      ]),
    );
    changed.push(...rows.map(({ id }) => id));
  });
  return changed;
}

/** Marks sources that are in no `sources.yml` any more. Their tasks, ancestors and file stay. */
export async function markRemoved(db: Queryable, ids: readonly string[]): Promise<void> {
  await db.query(
    "UPDATE sources SET removed_at = now(), next_sync_at = NULL WHERE id = ANY($1::text[]) AND " +
      "removed_at IS NULL",
    [ids],
  );
}

export interface ListedSource extends SourceRecord {
  kind: string;
  removed: boolean;
}

/** All sources, also those that are in no `sources.yml` any more. */
export async function listSources(db: Queryable): Promise<ListedSource[]> {
  const { rows } = await db.query<ListedSource>(
    "SELECT id, path, kind, removed_at IS NOT NULL AS removed FROM sources ORDER BY id",
  );
  return rows;
}

/**
 * Stores the problems of a `sources.yml`.
 * @returns whether they changed.
 */
export async function saveSourcesFile(
  db: Queryable,
  path: string,
  problems: readonly object[],
): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO source_files (path, problems) VALUES ($1, $2)
     ON CONFLICT (path) DO UPDATE SET problems = excluded.problems, read_at = now()
       WHERE source_files.problems <> excluded.problems`,
    [path, JSON.stringify(problems)],
  );
  return rowCount === 1;
}

export async function forgetSourcesFile(db: Queryable, path: string): Promise<void> {
  await db.query("DELETE FROM source_files WHERE path = $1", [path]);
}

export interface SourceState {
  /** Undefined leaves it as it is, because nothing of this revision was written. */
  reconciledRevision?: string;
  file: { size: number | null; modifiedAt: string | null };
  problems: Problem[];
  halt: HaltJson | null;
  /** The choices that the halted run was asked to carry out. */
  haltedRequest?: RunRequest<"resolution">;
  failures: number;
  comparedAt?: string;
}

export async function saveSourceState(tx: Queryable, source: string, state: SourceState): Promise<void> {
  await tx.query(
    `UPDATE sources SET file_revision = coalesce($2, file_revision), file_size = $3, file_modified_at = $4,
            problems = $5, halt = $6, failures = $7, compared_at = coalesce($8, compared_at),
            halted_request = $9,
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
      optionsJson(state.haltedRequest),
    ],
  );
}

/** Stores the notice about an earlier version of the file that came back; null: there is none. */
export async function saveOlderFile(
  tx: Queryable,
  source: string,
  olderFile: OlderFile | null,
): Promise<void> {
  await tx.query("UPDATE sources SET older_file = $2 WHERE id = $1", [
    source,
    olderFile && JSON.stringify(olderFile),
  ]);
}

/** Stores the progress of a long run outside its transaction, so that others can see it. */
export async function savePhase(
  db: Queryable,
  source: string,
  phase: Phase,
  progress: Progress | null,
): Promise<void> {
  await db.query("UPDATE sources SET phase = $2, progress = $3 WHERE id = $1", [
    source,
    phase,
    progress ? JSON.stringify(progress) : null,
  ]);
}

export interface DueCandidate {
  id: string;
  base: unknown;
  settings: Record<string, unknown>;
  next_sync_at: Date | null;
}

/**
 * Locks the sources that may be due, so that of any number of workers one starts each run. Null: another
 * worker has them.
 * @param only restricts it to these sources; undefined: all.
 */
export async function lockScheduledSources(
  tx: Queryable,
  only: readonly string[] | undefined,
): Promise<DueCandidate[] | null> {
  if (!(await tryLockRow(tx, "tick"))) return null;
  const found = await tx.query<DueCandidate>(
    `SELECT id, base, settings, next_sync_at FROM sources
      WHERE removed_at IS NULL AND ($1::text[] IS NULL OR id = ANY($1)) ORDER BY id`,
    [only ?? null],
  );
  return found.rows;
}

export async function saveNextTimes(
  tx: Queryable,
  turns: readonly { id: string; next: Date }[],
): Promise<void> {
  if (turns.length === 0) return;
  await tx.query(
    "UPDATE sources s SET next_sync_at = t.next FROM unnest($1::text[], $2::timestamptz[]) AS t (id, " +
      "next) WHERE s.id = t.id",
    toColumns(turns, [(turn) => turn.id, (turn) => turn.next]),
  );
}

export async function saveSourceFailure(
  tx: Queryable,
  source: string,
  problems: Problem[],
  failures: number,
): Promise<void> {
  await tx.query(
    "UPDATE sources SET problems = $2, failures = $3, phase = 'idle', progress = NULL WHERE id = $1",
    [source, JSON.stringify(problems), failures],
  );
}

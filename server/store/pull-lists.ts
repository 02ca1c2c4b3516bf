import type { Json } from "../../lib/json.ts";
import type { FieldTypes } from "../../lib/pull/fields.ts";
import type { ListProgress } from "../../lib/pull/list-progress.ts";
import { toColumns } from "./columns.ts";
import type { Queryable } from "./pool.ts";

/** What is remembered of a list. */
export interface StoredList {
  cursor: Json;
  validators: { url: string; etag: string | null; last_modified: string | null } | null;
  /** How far the pull that goes on is with it; null: it has not begun. */
  progress: ListProgress | null;
}

/** What is remembered of lists, by parent; of the same configuration only. */
export async function loadLists(
  db: Queryable,
  { source, config, pull }: { source: string; config: string; pull: string },
  parents: readonly string[],
): Promise<Map<string, StoredList>> {
  const { rows } = await db.query<StoredList & { parent: string }>(
    `SELECT parent, cursor, validators, CASE WHEN pull = $3 THEN progress END AS progress FROM pull_lists
      WHERE source = $1 AND config = $2 AND parent = ANY($4::text[])`,
    [source, config, pull, parents],
  );
  return new Map(rows.map(({ parent, ...list }) => [parent, list]));
}

export interface ListToSave {
  parent: string;
  progress: ListProgress;
  /** Undefined: as they were. */
  cursor?: Json;
  validators?: StoredList["validators"];
}

export async function saveLists(
  tx: Queryable,
  { source, config, pull }: { source: string; config: string; pull: string },
  lists: readonly ListToSave[],
): Promise<void> {
  if (lists.length === 0) return;
  await tx.query(
    `INSERT INTO pull_lists (source, config, pull, parent, progress, cursor, validators)
     SELECT $1, $2, $3, parent, progress, cursor, validators
       FROM unnest($4::text[], $5::jsonb[], $6::jsonb[], $7::jsonb[]) AS l (parent, progress, cursor, validators)
     ON CONFLICT (source, parent) DO UPDATE SET pull = excluded.pull, progress = excluded.progress, config = excluded.config,
       cursor = CASE WHEN pull_lists.config = excluded.config THEN coalesce(excluded.cursor, pull_lists.cursor) ELSE excluded.cursor END,
       validators = CASE WHEN excluded.validators IS NULL AND pull_lists.config = excluded.config THEN pull_lists.validators
                         WHEN excluded.validators = 'null' THEN NULL ELSE excluded.validators END`,
    [
      source,
      config,
      pull,
      ...toColumns(lists, [
        (list) => list.parent,
        (list) => JSON.stringify(list.progress),
        (list) => (list.cursor === undefined || list.cursor === null ? null : JSON.stringify(list.cursor)),
        (list) => (list.validators === undefined ? null : JSON.stringify(list.validators)),
      ]),
    ],
  );
}

/** The progress of every list of a pull. */
export async function progressOf(
  db: Queryable,
  source: string,
  pull: string,
): Promise<Map<string, ListProgress>> {
  const { rows } = await db.query<{ parent: string; progress: ListProgress }>(
    "SELECT parent, progress FROM pull_lists WHERE source = $1 AND pull = $2",
    [source, pull],
  );
  return new Map(rows.map(({ parent, progress }) => [parent, progress]));
}

export async function loadFields(db: Queryable, source: string): Promise<FieldTypes> {
  const { rows } = await db.query<{ fields: FieldTypes }>(
    "SELECT fields FROM object_sources WHERE source = $1",
    [source],
  );
  return rows[0]?.fields ?? {};
}

/** What a pull that is over has learned of its source. Undefined times stay as they were. */
export async function saveLearned(
  tx: Queryable,
  source: string,
  {
    fields,
    fullAt,
    checkedAt,
  }: { fields: FieldTypes; fullAt?: Date | undefined; checkedAt?: Date | undefined },
): Promise<void> {
  await tx.query(
    `INSERT INTO object_sources (source, fields, full_at, checked_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (source) DO UPDATE SET fields = excluded.fields, full_at = coalesce(excluded.full_at, object_sources.full_at),
       checked_at = coalesce(excluded.checked_at, object_sources.checked_at)`,
    [source, JSON.stringify(fields), fullAt ?? null, checkedAt ?? null],
  );
}

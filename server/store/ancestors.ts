import { canonicalJson } from "../../lib/json.ts";
import type { Ancestor, Carried } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { inBatches, toColumns } from "./columns.ts";
import {
  CONTENT_NAMES,
  CONTENT_PICK,
  CONTENT_SELECT,
  type ContentRow,
  contentUnnest,
  toContent,
} from "./content-columns.ts";
import type { Queryable } from "./pool.ts";

export interface StoredAncestor extends Ancestor {
  fingerprint: string | null;
}

export async function loadAncestors(
  db: Queryable,
  source: string,
  keys: readonly TaskKey[],
): Promise<Map<TaskKey, StoredAncestor>> {
  // Most runs find nothing to look at, and this is one of their few statements.
  if (keys.length === 0) return new Map();
  const { rows } = await db.query<
    ContentRow & {
      id: string;
      file_lag: Ancestor["fieldsLeftBehind"];
      file_fingerprint: string | null;
      carried: Carried;
    }
  >(
    `SELECT id, file_lag, file_fingerprint, carried, ${CONTENT_SELECT} FROM ancestors WHERE source = $1 AND id ` +
      "= ANY($2::text[])",
    [source, keys],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        content: toContent(row),
        fieldsLeftBehind: row.file_lag,
        fingerprint: row.file_fingerprint,
        carried: row.carried,
      },
    ]),
  );
}

/** The fingerprint of each task in the file when its ancestor was saved. */
export async function loadFingerprints(db: Queryable, source: string): Promise<Map<TaskKey, string | null>> {
  const { rows } = await db.query<[string, string | null]>({
    text: "SELECT id, file_fingerprint FROM ancestors WHERE source = $1",
    values: [source],
    rowMode: "array",
  });
  return new Map(rows);
}

export interface AncestorUpdate {
  key: TaskKey;
  ancestor: Ancestor;
  fingerprint: string | null;
}

const PICK: readonly ((update: AncestorUpdate) => unknown)[] = [
  (update) => update.key,
  (update) => canonicalJson(update.ancestor.fieldsLeftBehind),
  (update) => update.fingerprint,
  (update) => canonicalJson(update.ancestor.carried ?? {}),
  ...CONTENT_PICK.map((pick) => (update: AncestorUpdate) => pick(update.ancestor.content)),
];

/** The columns of an ancestor that say something about the file and are no part of the task. */
export const ABOUT_FILE = ["file_lag", "file_fingerprint", "carried"] as const;

export async function saveAncestors(
  tx: Queryable,
  source: string,
  updates: readonly AncestorUpdate[],
): Promise<void> {
  const columns = [...ABOUT_FILE, ...CONTENT_NAMES];
  await inBatches(updates, (batch) =>
    tx.query(
      `INSERT INTO ancestors (source, id, ${columns.join(", ")})
       SELECT $1, given.* FROM unnest($2::text[], $3::jsonb[], $4::text[], $5::jsonb[], ${contentUnnest(6)}) AS given
       ON CONFLICT (source, id) DO UPDATE
         SET ${columns.map((name) => `${name} = excluded.${name}`).join(", ")}`,
      [source, ...toColumns(batch, PICK)],
    ),
  );
}

export async function forgetAncestors(
  tx: Queryable,
  source: string,
  keys: readonly TaskKey[],
): Promise<void> {
  if (keys.length === 0) return;
  await tx.query("DELETE FROM ancestors WHERE source = $1 AND id = ANY($2::text[])", [source, keys]);
}

/** Stores new fingerprints for tasks whose notation in the file changed but not their content. */
export async function saveFingerprints(
  tx: Queryable,
  source: string,
  updates: readonly { key: TaskKey; fingerprint: string | null }[],
): Promise<void> {
  await inBatches(updates, (batch) =>
    tx.query(
      `UPDATE ancestors a SET file_fingerprint = given.fingerprint
         FROM unnest($2::text[], $3::text[]) AS given (id, fingerprint)
        WHERE a.source = $1 AND a.id = given.id`,
      [source, ...toColumns(batch, [(update) => update.key, (update) => update.fingerprint])],
    ),
  );
}

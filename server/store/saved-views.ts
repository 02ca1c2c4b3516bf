import type { NewView, ViewJson, ViewPatch } from "../../lib/protocol/view.ts";
import type { Queryable } from "./pool.ts";

const COLUMNS = (user: string) =>
  `v.id::text, v.name, v.query, v.shared, v.owner = ${user} AS own,
   (SELECT u.name FROM access_users u WHERE u.id = v.owner) AS owner`;

/** The user's own views and those that others share, each by name; the own ones come first. */
export async function listViews(db: Queryable, user: string): Promise<ViewJson[]> {
  const { rows } = await db.query<ViewJson>(
    `SELECT ${COLUMNS("$1")} FROM saved_views v WHERE v.owner = $1 OR v.shared
      ORDER BY v.owner = $1 DESC, lower(v.name), v.id`,
    [user],
  );
  return rows;
}

/** @returns the new view; null when the user has one of this name. */
export async function insertView(
  db: Queryable,
  user: string,
  { name, query, shared }: NewView,
): Promise<ViewJson | null> {
  const { rows } = await db.query<ViewJson>(
    `INSERT INTO saved_views AS v (owner, name, query, shared) VALUES ($1, $2, $3, $4)
     ON CONFLICT (owner, name) DO NOTHING RETURNING ${COLUMNS("$1")}`,
    [user, name, query, shared],
  );
  return rows[0] ?? null;
}

export async function countViews(db: Queryable, user: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM saved_views WHERE owner = $1",
    [user],
  );
  return rows[0]?.n ?? 0;
}

/** Whether the user has another view of this name. */
export async function hasViewNamed(
  db: Queryable,
  user: string,
  name: string,
  except: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    "SELECT 1 FROM saved_views WHERE owner = $1 AND name = $2 AND id <> $3",
    [user, name, except],
  );
  return (rowCount ?? 0) > 0;
}

/** @returns the view as it is now; null when the user has none with this id. */
export async function updateView(
  db: Queryable,
  user: string,
  id: string,
  { name, query, shared }: ViewPatch,
): Promise<ViewJson | null> {
  const { rows } = await db.query<ViewJson>(
    `UPDATE saved_views v SET name = coalesce($3, name), query = coalesce($4, query),
            shared = coalesce($5, shared), saved_at = clock_timestamp()
      WHERE v.id = $2 AND v.owner = $1 RETURNING ${COLUMNS("$1")}`,
    [user, id, name ?? null, query ?? null, shared ?? null],
  );
  return rows[0] ?? null;
}

/** @returns the removed view; null when there is none that the user may remove. */
export async function deleteView(
  db: Queryable,
  user: string,
  id: string,
  anyShared: boolean,
): Promise<ViewJson | null> {
  const { rows } = await db.query<ViewJson>(
    `DELETE FROM saved_views v WHERE v.id = $2 AND (v.owner = $1 OR ($3 AND v.shared)) RETURNING ${COLUMNS("$1")}`,
    [user, id, anyShared],
  );
  return rows[0] ?? null;
}

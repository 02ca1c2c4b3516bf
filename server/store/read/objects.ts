import type { JsonMap } from "../../../lib/json.ts";
import {
  FRESHNESS,
  type ListObjectsQuery,
  type ObjectJson,
  type ObjectTypesJson,
} from "../../../lib/protocol/object.ts";
import { Prisma } from "../generated/client.ts";
import { prisma } from "../prisma.ts";

/** Since when an object of a source has to be seen to be fresh. */
export type Cutoffs = ReadonlyMap<string, Date>;

interface Row {
  id: bigint;
  source: string;
  type: string;
  external_id: string;
  parent_source: string | null;
  parent_id: string | null;
  data: JsonMap;
  fingerprint: string;
  updated_at: Date | null;
  first_seen_at: Date;
  last_seen_at: Date;
  changed_at: Date;
  deleted_at: Date | null;
  checked_at: Date | null;
  pulled: boolean;
  children: number;
  /** How far above the object that was asked for. */
  depth?: number;
}

const CHECKED = Prisma.sql`greatest(o.last_seen_at, s.checked_at)`;

const FOUND = Prisma.sql`
  SELECT o.id, o.source, o.type, o.external_id, o.parent_source, o.parent_id, o.data, o.fingerprint, o.updated_at,
         o.first_seen_at, CASE WHEN o.deleted_at IS NULL THEN greatest(o.last_seen_at, s.full_at) ELSE o.last_seen_at END AS last_seen_at,
         o.changed_at, o.deleted_at, ${CHECKED} AS checked_at, s.full_at IS NOT NULL AS pulled
    FROM stored_objects o LEFT JOIN object_sources s ON s.source = o.source`;

/**
 * The objects that a query finds, each with the number of its children. These are counted for all of them together: where one
 * parent has most of a table's objects, PostgreSQL would read the whole table for each single one.
 */
function withChildren(found: Prisma.Sql, order: Prisma.Sql): Promise<Row[]> {
  return prisma().$queryRaw<Row[]>`
    WITH found AS MATERIALIZED (${found}),
         counted AS (
           SELECT f.id, count(*)::int AS children FROM found f
             JOIN stored_objects c ON c.parent_source = f.source AND c.parent_id = f.external_id AND c.deleted_at IS NULL
            GROUP BY f.id)
    SELECT found.*, coalesce(counted.children, 0) AS children
      FROM found LEFT JOIN counted ON counted.id = found.id ORDER BY ${order}`;
}

/** Objects after a position, in the order in which they were first seen. */
export async function objectsAfter(
  { source, type, parent, q, freshness, deleted }: Omit<ListObjectsQuery, "limit" | "cursor">,
  cutoffs: Cutoffs,
  after: bigint | null,
  limit: number,
): Promise<ObjectJson[]> {
  const where: Prisma.Sql[] = [];
  if (deleted !== true) where.push(Prisma.sql`(o.deleted_at IS NULL) = ${deleted === false}`);
  if (source !== undefined) where.push(Prisma.sql`o.source = ${source}`);
  if (type !== undefined) where.push(Prisma.sql`o.type = ${type}`);
  if (parent === "none") where.push(Prisma.sql`o.parent_id IS NULL`);
  else if (parent !== undefined)
    where.push(
      Prisma.sql`(o.parent_source, o.parent_id) = (SELECT p.source, p.external_id FROM stored_objects p WHERE p.id = ${BigInt(parent)})`,
    );
  if (q !== undefined) {
    const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
    where.push(Prisma.sql`(o.external_id ILIKE ${pattern} OR o.data::text ILIKE ${pattern})`);
  }
  if (freshness !== undefined) {
    const never = Prisma.sql`s.full_at IS NULL`;
    const old = Prisma.sql`${CHECKED} < ${cutoffOf(cutoffs)}`;
    const wanted = {
      never,
      stale: Prisma.sql`NOT (${never}) AND ${old}`,
      fresh: Prisma.sql`NOT (${never}) AND NOT (${old})`,
    };
    where.push(
      Prisma.sql`(${Prisma.join(
        FRESHNESS.filter((each) => freshness.includes(each)).map((each) => Prisma.sql`(${wanted[each]})`),
        " OR ",
      )})`,
    );
  }
  if (after !== null) where.push(Prisma.sql`o.id > ${after}`);
  const conditions = where.length > 0 ? Prisma.sql`WHERE ${Prisma.join(where, " AND ")}` : Prisma.empty;
  const found = Prisma.sql`${FOUND} ${conditions} ORDER BY o.id LIMIT ${limit}`;
  const rows = await withChildren(found, Prisma.sql`found.id`);
  return rows.map((row) => toObject(row, cutoffs));
}

/** One object and what it hangs from, from its root down; empty: there is none. */
export async function objectWithAncestors(id: bigint, cutoffs: Cutoffs): Promise<ObjectJson[]> {
  const found = Prisma.sql`
    WITH RECURSIVE up AS (
      SELECT id, parent_source, parent_id, 0 AS depth FROM stored_objects WHERE id = ${id}
      UNION ALL
      SELECT p.id, p.parent_source, p.parent_id, depth + 1 FROM up
        JOIN stored_objects p ON p.source = up.parent_source AND p.external_id = up.parent_id WHERE depth < 50)
    SELECT found.*, up.depth FROM (${FOUND}) found JOIN up ON up.id = found.id`;
  const rows = await withChildren(found, Prisma.sql`found.depth DESC`);
  return rows.map((row) => toObject(row, cutoffs));
}

/** How many objects each source has, and when it was last pulled. */
export async function objectTypes(): Promise<
  (Omit<ObjectTypesJson["types"][number], "freshness" | "checked_at" | "full_at"> & {
    checked_at: Date | null;
    full_at: Date | null;
  })[]
> {
  return prisma().$queryRaw`
    SELECT s.id AS source, s.object_type AS type, s.parent_source, l.checked_at, l.full_at,
           coalesce(n.objects, 0)::int AS objects, coalesce(n.deleted, 0)::int AS deleted
      FROM sources s
      LEFT JOIN object_sources l ON l.source = s.id
      LEFT JOIN (SELECT source, count(*) FILTER (WHERE deleted_at IS NULL) AS objects,
                        count(*) FILTER (WHERE deleted_at IS NOT NULL) AS deleted
                   FROM stored_objects GROUP BY source) n ON n.source = s.id
     WHERE s.object_type IS NOT NULL ORDER BY s.id`;
}

/** SQL for the cutoff of the row's source. */
function cutoffOf(cutoffs: Cutoffs): Prisma.Sql {
  const [sources, times] = [[...cutoffs.keys()], [...cutoffs.values()]];
  return Prisma.sql`(SELECT c.at FROM unnest(${sources}::text[], ${times}::timestamptz[]) AS c (source, at) WHERE c.source = o.source)`;
}

function toObject({ id, checked_at, pulled, depth, ...row }: Row, cutoffs: Cutoffs): ObjectJson {
  const cutoff = cutoffs.get(row.source);
  const stale = cutoff !== undefined && (checked_at ?? row.last_seen_at) < cutoff;
  return {
    ...row,
    id: String(id),
    updated_at: row.updated_at?.toISOString() ?? null,
    first_seen_at: row.first_seen_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
    changed_at: row.changed_at.toISOString(),
    deleted_at: row.deleted_at?.toISOString() ?? null,
    freshness: !pulled ? "never" : stale ? "stale" : "fresh",
  };
}

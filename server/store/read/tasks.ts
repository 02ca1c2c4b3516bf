import type { TaskSort } from "../../../lib/protocol/query.ts";
import type { TaskJson, TaskStanding } from "../../../lib/protocol/task.ts";
import { fieldsWhere, isTimeKey } from "../../../lib/task/fields.ts";
import { Prisma } from "../generated/client.ts";
import { prisma } from "../prisma.ts";
import { type ShownRow, shownTask } from "../shown-task.ts";
import { SHOWN_COLUMNS, STANDING_COLUMNS, type StandingColumns, toStanding } from "./task-rows.ts";

export interface TaskFilter {
  q?: string;
  status?: readonly string[];
  id?: readonly string[];
  source?: string;
}

export interface TaskOrder {
  by: TaskSort;
  descending: boolean;
}

/**
 * The sort key of a page's last row: the sorted column's text (none for `id`), then the id and source that
 * make it unique.
 */
export interface TaskPosition {
  value: string | null;
  id: string;
  source: string;
}

const INTEGER = "^(0|[1-9][0-9]*)$";

/**
 * Natural order of ids: integers before slugs, shorter integers before longer ones, then as text. Ids have at
 * most 128 characters.
 */
const idRank = (id: Prisma.Sql) =>
  Prisma.sql`(CASE WHEN ${id} ~ ${INTEGER} THEN length(${id}) ELSE 1000 END)`;

/** Tasks after a position, in a total order so that no row is skipped or read twice. */
export async function tasksAfter(
  filter: TaskFilter,
  order: TaskOrder,
  after: TaskPosition | null,
  limit: number,
): Promise<{ task: TaskJson; standing: TaskStanding; position: TaskPosition }[]> {
  const column = sortColumn(order);
  const direction = Prisma.raw(order.descending ? "DESC" : "ASC");
  const columns = [
    ...column,
    idRank(Prisma.sql`id`),
    Prisma.sql`id COLLATE "C"`,
    Prisma.sql`source COLLATE "C"`,
  ];
  const conditions = filterConditions(filter);
  if (after) {
    const id = Prisma.sql`${after.id}::text`;
    const values = [
      ...column.map(() => sortValue(order, after.value)),
      idRank(id),
      Prisma.sql`${id} COLLATE "C"`,
      Prisma.sql`${after.source}::text COLLATE "C"`,
    ];
    const beyond = Prisma.raw(order.descending ? "<" : ">");
    conditions.push(Prisma.sql`(${Prisma.join(columns)}) ${beyond} (${Prisma.join(values)})`);
  }
  const rows = await prisma().$queryRaw<(ShownRow & StandingColumns)[]>`
    SELECT ${SHOWN_COLUMNS}, ${STANDING_COLUMNS} FROM tasks ${where(conditions)}
     ORDER BY ${Prisma.join(columns.map((part) => Prisma.sql`${part} ${direction}`))} LIMIT ${limit}`;
  return rows.map((row) => ({
    task: shownTask(row),
    standing: toStanding(row),
    position: { value: positionValue(row, order.by), id: row.id, source: row.source },
  }));
}

export async function countTasks(filter: TaskFilter): Promise<number> {
  const rows = await prisma().$queryRaw<{ total: bigint }[]>`
    SELECT count(*) AS total FROM tasks ${where(filterConditions(filter))}`;
  return Number(rows[0]?.total ?? 0);
}

/** Every task with this id; there may be one per source. */
export async function tasksWithId(id: string, source: string | undefined): Promise<TaskJson[]> {
  const conditions = [
    Prisma.sql`id = ${id}`,
    ...(source === undefined ? [] : [Prisma.sql`source = ${source}`]),
  ];
  const rows = await prisma().$queryRaw<ShownRow[]>`
    SELECT ${SHOWN_COLUMNS} FROM tasks ${where(conditions)} ORDER BY source COLLATE "C"`;
  return rows.map(shownTask);
}

const SEARCHED = ["id", ...fieldsWhere((spec) => spec.searched === true)];

function filterConditions({ q, status, id, source }: TaskFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (id !== undefined) conditions.push(Prisma.sql`id = ANY(${[...id]}::text[])`);
  if (source !== undefined) conditions.push(Prisma.sql`source = ${source}`);
  if (status !== undefined) conditions.push(Prisma.sql`status = ANY(${[...status]}::text[])`);
  if (q !== undefined) {
    const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
    const found = SEARCHED.map((column) => Prisma.sql`${Prisma.raw(column)} ILIKE ${pattern}`);
    conditions.push(Prisma.sql`(${Prisma.join(found, " OR ")})`);
  }
  return conditions;
}

function where(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}`;
}

/** The columns to sort by before the id. A task without a time comes last in both directions. */
function sortColumn({ by, descending }: TaskOrder): Prisma.Sql[] {
  if (by === "id") return [];
  if (!isTimeKey(by)) return [Prisma.sql`${Prisma.raw(by)} COLLATE "C"`];
  const last = descending ? "-infinity" : "infinity";
  return [Prisma.raw(`coalesce(CASE WHEN isfinite(${by}) THEN ${by} END, '${last}'::timestamptz)`)];
}

function sortValue({ by, descending }: TaskOrder, value: string | null): Prisma.Sql {
  if (!isTimeKey(by)) return Prisma.sql`${value ?? ""}::text COLLATE "C"`;
  return Prisma.sql`${value ?? (descending ? "-infinity" : "infinity")}::timestamptz`;
}

function positionValue(row: ShownRow, by: TaskSort): string | null {
  const value = by === "id" ? null : row[by];
  return value instanceof Date ? value.toISOString() : (value?.toString() ?? null);
}

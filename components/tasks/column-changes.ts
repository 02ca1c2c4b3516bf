import { COLUMN_IDS, type ChosenColumn, type ColumnId, type Columns } from "./columns.ts";

/**
 * The width of the list, in pixels, from which each column has room; the task itself is always there. The numbers are those of the
 * classes in column-places.ts.
 */
export const ROOM_FROM: Record<ColumnId, { one: number; many: number }> = {
  id: { one: 788, many: 932 },
  skill: { one: 0, many: 0 },
  source: { one: Infinity, many: 864 },
  schedule: { one: 720, many: 720 },
  next: { one: 560, many: 560 },
  status: { one: 0, many: 0 },
  sync: { one: 0, many: 0 },
  changed: { one: 930, many: 1080 },
};

/** The columns that have room in a list of this width, in pixels. */
export function columnsWithRoom(width: number, many: boolean): ChosenColumn[] {
  return COLUMN_IDS.filter((id) => ROOM_FROM[id][many ? "many" : "one"] <= width).map((id) => ({
    id,
    width: null,
  }));
}

/** The columns with one more or one less, in their order. */
export function withColumn(
  columns: NonNullable<Columns>,
  id: ColumnId,
  shown: boolean,
): NonNullable<Columns> {
  const kept = columns.filter((column) => column.id !== id);
  return shown ? inOrder([...kept, { id, width: null }]) : kept;
}

/** The columns with the width of one of them changed. */
export function withWidth(
  columns: NonNullable<Columns>,
  id: ColumnId,
  width: number | null,
): NonNullable<Columns> {
  return columns.map((column) => (column.id === id ? { id, width } : column));
}

function inOrder(columns: readonly ChosenColumn[]): NonNullable<Columns> {
  return COLUMN_IDS.flatMap((id) => columns.filter((column) => column.id === id));
}

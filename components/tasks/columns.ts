import type { Sort } from "./view.ts";

/** A column is named as its order in the address. */
export type ColumnId = Sort;

interface ColumnSpec {
  label: string;
  /** Width in pixels below which its text is cut off. */
  least: number;
  /** Its share of the width that is left over; 0 when it stays at its least. */
  grow: number;
  /** The width of the list in pixels from which the column has room; the task itself is always there. */
  from: { one: number; many: number };
}

/** The columns from left to right. The numbers in `from` are those of the classes in column-places.ts. */
export const COLUMN_SPECS: Record<ColumnId, ColumnSpec> = {
  id: { label: "Id", least: 56, grow: 0, from: { one: 788, many: 932 } },
  skill: { label: "Task", least: 150, grow: 2, from: { one: 0, many: 0 } },
  source: { label: "Source", least: 132, grow: 0.8, from: { one: Infinity, many: 864 } },
  schedule: { label: "Schedule", least: 150, grow: 1.7, from: { one: 720, many: 720 } },
  next: { label: "Next run", least: 136, grow: 0.4, from: { one: 560, many: 560 } },
  status: { label: "Status", least: 80, grow: 0, from: { one: 0, many: 0 } },
  sync: { label: "State", least: 80, grow: 0, from: { one: 0, many: 0 } },
  changed: { label: "Changed", least: 128, grow: 0.2, from: { one: 930, many: 1080 } },
};
export const COLUMN_IDS = Object.keys(COLUMN_SPECS) as ColumnId[];

/** A column that a person chose; `width` is null while it has its share of the room. */
export interface ChosenColumn {
  id: ColumnId;
  /** In pixels. */
  width: number | null;
}
/** The columns that a person chose, from left to right; null stands for those that have room. */
export type Columns = readonly ChosenColumn[] | null;

/** How narrow and how wide a column may be made, in pixels, and how far one press goes. */
export const WIDTH = { least: 48, most: 800, step: 24 };

export function clampWidth(px: number): number {
  return Math.round(Math.min(WIDTH.most, Math.max(WIDTH.least, px)));
}

/** The columns that have room in a list of this width, in pixels. */
export function columnsWithRoom(width: number, many: boolean): ChosenColumn[] {
  return COLUMN_IDS.filter((id) => COLUMN_SPECS[id].from[many ? "many" : "one"] <= width).map((id) => ({
    id,
    width: null,
  }));
}

/** Reads `skill.320,next`; null for a text that names no column. The task itself is always among them. */
export function columnsFrom(text: string | null): Columns {
  const widths = new Map(
    (text ?? "").split(",").map((part) => {
      const [id = "", width = ""] = part.split(".");
      return [id, /^\d{1,4}$/.test(width) ? clampWidth(Number(width)) : null] as const;
    }),
  );
  const named = COLUMN_IDS.filter((id) => widths.has(id));
  if (named.length === 0) return null;
  return COLUMN_IDS.filter((id) => id === "skill" || widths.has(id)).map((id) => ({
    id,
    width: widths.get(id) ?? null,
  }));
}

export function columnsText(columns: NonNullable<Columns>): string {
  return columns.map(({ id, width }) => (width === null ? id : `${id}.${width}`)).join(",");
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

/** Room beside the columns, in pixels: the box for selecting and both edges; then the gap before each column. */
const BESIDE = 16 + 48;
const GAP = 12;

/** The width that a row with these columns needs at least, in pixels. */
export function leastWidth(columns: NonNullable<Columns>): number {
  return columns.reduce((sum, { id, width }) => sum + GAP + (width ?? COLUMN_SPECS[id].least), BESIDE);
}

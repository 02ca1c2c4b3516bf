/** A column is named as the order by it in the address. */
export type ColumnId = "id" | "skill" | "source" | "schedule" | "next" | "status" | "sync" | "changed";

interface ColumnSpec {
  label: string;
  /** Width in pixels below which its text is cut off. */
  least: number;
}

/** The columns from left to right. The numbers are those of the classes in column-places.ts. */
export const COLUMN_SPECS: Record<ColumnId, ColumnSpec> = {
  id: { label: "Id", least: 56 },
  skill: { label: "Task", least: 150 },
  source: { label: "Source", least: 132 },
  schedule: { label: "Schedule", least: 150 },
  next: { label: "Next run", least: 136 },
  status: { label: "Status", least: 80 },
  sync: { label: "State", least: 80 },
  changed: { label: "Changed", least: 128 },
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

/** How narrow and how wide a column may be made, in pixels. */
const WIDTH = { least: 48, most: 800 };

export function clampWidth(px: number): number {
  return Math.round(Math.min(WIDTH.most, Math.max(WIDTH.least, px)));
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

/** Room beside the columns, in pixels: the box for selecting and both edges; then the gap before each column. */
const BESIDE = 16 + 48;
const GAP = 12;

/** The width that a row with these columns needs at least, in pixels. */
export function leastWidth(columns: NonNullable<Columns>): number {
  return columns.reduce((sum, { id, width }) => sum + GAP + (width ?? COLUMN_SPECS[id].least), BESIDE);
}

import type { ObjectRow, TreeRow } from "./object-tree.ts";

interface TreeKeys {
  rows: readonly TreeRow[];
  /** The row that the keys act on; -1 when there is none yet. */
  at: number;
  rowsPerPage(): number;
  onMove(index: number): void;
  onToggle(row: ObjectRow, open: boolean): void;
  onOpen(row: ObjectRow): void;
}

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "preventDefault">;

/**
 * The keys of the tree, as the WAI-ARIA tree pattern has them. Arrow right opens, then goes to the first child; arrow left
 * closes, then goes to the parent. Arrows, Page Up, Page Down, Home and End move; Enter or space shows the object.
 */
export function treeKeys({ rows, at, rowsPerPage, onMove, onToggle, onOpen }: TreeKeys) {
  return (event: Key) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    const object = row?.kind === "object" ? row : undefined;
    const to = destination(event.key, rows, at, rowsPerPage);
    if (to !== undefined) onMove(Math.max(0, Math.min(rows.length - 1, to)));
    else if (event.key === "ArrowRight" && object?.open === false) onToggle(object, true);
    else if (event.key === "ArrowLeft" && object?.open === true) onToggle(object, false);
    else if ((event.key === "Enter" || event.key === " ") && object) onOpen(object);
    else return;
    event.preventDefault();
  };
}

/** The index of the row that the key leads to; undefined: it leads nowhere. */
function destination(
  key: string,
  rows: readonly TreeRow[],
  at: number,
  rowsPerPage: () => number,
): number | undefined {
  const row = rows[at];
  switch (key) {
    case "ArrowDown":
    case "j":
      return at + 1;
    case "ArrowUp":
    case "k":
      return at === -1 ? 0 : at - 1;
    case "PageDown":
      return at + rowsPerPage();
    case "PageUp":
      return at - rowsPerPage();
    case "Home":
      return 0;
    case "End":
      return rows.length - 1;
    case "ArrowRight":
      return row?.kind === "object" && row.open === true ? at + 1 : undefined;
    case "ArrowLeft":
      return row && (row.kind === "rest" || row.open !== true) ? parentOf(rows, at) : undefined;
    default:
      return undefined;
  }
}

function parentOf(rows: readonly TreeRow[], at: number): number | undefined {
  const level = rows[at]?.level ?? 1;
  for (let above = at - 1; above >= 0; above--) if ((rows[above]?.level ?? 0) < level) return above;
  return undefined;
}

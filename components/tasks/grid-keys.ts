import type { ListedTask } from "../live/task-rows.ts";
import type { TableRow } from "./task-features.ts";
import type { TaskTable } from "./use-task-table.ts";

interface GridKeys {
  table: TaskTable;
  /** The index of the row that the keys act on; -1 when there is none yet. */
  activeIndex: number;
  rowsPerPage(): number;
  onMove(row: TableRow, index: number): void;
  onSelect(key: string, selected: boolean, shiftKey: boolean): void;
  onOpen(row: ListedTask): void;
}

/** A key as the page's and React's events tell it. */
type Key = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "preventDefault">;

/**
 * The keys of the task list, which is a single stop of the Tab key. Arrows or j and k move; Page Up, Page Down, Home
 * and End jump; Enter, e or o opens; x or space selects, with Shift a range; Escape clears the selection.
 */
export function gridKeys({ table, activeIndex, rowsPerPage, onMove, onSelect, onOpen }: GridKeys) {
  const { rows } = table.getRowModel();
  const { rowSelection } = table.state;
  const moveTo = (wanted: number) => {
    const index = Math.max(0, Math.min(rows.length - 1, wanted));
    const row = rows[index];
    if (row) onMove(row, index);
  };
  return (event: Key) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const active = rows[activeIndex];
    const step = stepOf(event.key, rowsPerPage);
    if (step !== undefined) moveTo(activeIndex === -1 ? 0 : activeIndex + step);
    else if (event.key === "Home") moveTo(0);
    else if (event.key === "End") moveTo(rows.length - 1);
    else if (["Enter", "e", "o"].includes(event.key) && active) onOpen(active.original);
    else if ((event.key === "x" || event.key === " ") && active)
      onSelect(active.id, rowSelection[active.id] !== true, event.shiftKey);
    else if (event.key === "Escape" && table.getIsSomeRowsSelected()) table.resetRowSelection(true);
    else return;
    event.preventDefault();
  };
}

/** How many rows the key moves by. */
function stepOf(key: string, rowsPerPage: () => number): number | undefined {
  switch (key) {
    case "ArrowDown":
    case "j":
      return 1;
    case "ArrowUp":
    case "k":
      return -1;
    case "PageDown":
      return rowsPerPage();
    case "PageUp":
      return -rowsPerPage();
    default:
      return undefined;
  }
}

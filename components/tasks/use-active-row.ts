"use client";

import { useCallback, useState } from "react";
import type { ListedTask } from "../live/task-rows.ts";
import { gridKeys } from "./grid-keys.ts";
import type { TaskTable } from "./use-task-table.ts";

interface Given {
  table: TaskTable;
  rowsPerPage(): number;
  /** Brings the row at this index into sight. */
  onMove(index: number): void;
  onOpen(row: ListedTask): void;
}

/** The row that the keys of the list act on, and these keys. */
export function useActiveRow({ table, rowsPerPage, onMove, onOpen }: Given) {
  const { getRow } = table;
  const { rows } = table.getRowModel();
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const activeIndex = activeKey === null ? -1 : rows.findIndex((row) => row.id === activeKey);
  const onSelect = useCallback(
    (key: string, selected: boolean, shiftKey: boolean) =>
      getRow(key).getToggleSelectedHandler()({ target: { checked: selected }, shiftKey }),
    [getRow],
  );
  const onKey = gridKeys({
    table,
    activeIndex,
    rowsPerPage,
    onMove: (row, index) => {
      setActiveKey(row.id);
      onMove(index);
    },
    onSelect,
    onOpen,
  });
  return { activeKey, activeIndex, onSelect, onKey };
}

"use client";

import { type ReactTable, type RowSelectionState, type SortingState, useTable } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import type { ListedTask } from "../live/task-rows.ts";
import { COLUMNS } from "./task-columns.tsx";
import { type TaskFeatures, taskFeatures } from "./task-features.ts";
import type { StateFacts } from "./task-state.ts";
import { filterRows, inOrderOfIds, SORTS, type View } from "./view.ts";

export type TaskTable = ReactTable<TaskFeatures, ListedTask>;

const keyOf = (row: ListedTask) => row.key;

/**
 * The task list's columns, order and selection. The table gets only the rows that pass the filter, so that
 * hidden rows are never selected or changed. The view, which the address keeps, says how it is sorted.
 */
export function useTaskTable(
  all: readonly ListedTask[],
  view: View,
  many: boolean,
  facts: StateFacts,
  onView: (change: Partial<View>) => void,
): TaskTable {
  const [rowSelection, onRowSelectionChange] = useState<RowSelectionState>({});
  const ordered = useMemo(() => inOrderOfIds(all), [all]);
  const data = useMemo(() => filterRows(ordered, view, facts), [ordered, view, facts]);
  const sorting = useMemo(
    (): SortingState => [{ id: view.sort === "source" && !many ? "id" : view.sort, desc: view.descending }],
    [view.sort, view.descending, many],
  );
  return useTable({
    features: taskFeatures,
    columns: many ? COLUMNS.many : COLUMNS.one,
    data,
    getRowId: keyOf,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting, rowSelection },
    onRowSelectionChange,
    onSortingChange: (change) => {
      const [next] = typeof change === "function" ? change(sorting) : change;
      const sort = SORTS.find((each) => each === next?.id);
      if (next && sort) onView({ sort, descending: next.desc });
    },
  });
}

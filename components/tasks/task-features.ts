import {
  createSortedRowModel,
  metaHelper,
  type Row,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { ListedTask } from "../live/task-rows.ts";

/** The features of the table library that the task list uses; the others stay out of the page's script. */
export const taskFeatures = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  sortedRowModel: createSortedRowModel(),
  columnMeta: metaHelper<{ className?: string }>(),
});

export type TaskFeatures = typeof taskFeatures;
export type TableRow = Row<TaskFeatures, ListedTask>;

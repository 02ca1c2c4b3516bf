"use client";

import clsx from "clsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { SortButton } from "../ui/sort-button.tsx";
import type { TaskTable } from "./use-task-table.ts";

const ORDER = { asc: "ascending", desc: "descending" } as const;

export function ColumnHeads({ table, widths }: { table: TaskTable; widths: string }) {
  const selected = table.getIsAllRowsSelected()
    ? true
    : table.getSelectedRowModel().rows.length > 0
      ? "indeterminate"
      : false;
  return (
    <div role="rowgroup" className="bg-background sticky top-0 z-10 hidden border-b md:block">
      {table.getHeaderGroups().map((group) => (
        <div key={group.id} role="row" aria-rowindex={1} className={clsx("h-9 px-4 text-xs sm:px-6", widths)}>
          {group.headers.map(({ id, column }) => {
            if (!column.getCanSort()) {
              return (
                <div key={id} role="columnheader" className="flex items-center">
                  <Checkbox
                    checked={selected}
                    onCheckedChange={(all) =>
                      all ? table.toggleAllRowsSelected(true) : table.resetRowSelection(true)
                    }
                    label="Select all tasks shown"
                  />
                </div>
              );
            }
            const order = column.getIsSorted();
            return (
              <div
                key={id}
                role="columnheader"
                aria-sort={order === false ? "none" : ORDER[order]}
                className={column.columnDef.meta?.head}
              >
                <SortButton order={order} onToggle={() => column.toggleSorting()}>
                  {String(column.columnDef.header)}
                </SortButton>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

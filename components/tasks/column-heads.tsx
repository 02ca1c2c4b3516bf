"use client";

import clsx from "clsx";
import dynamic from "next/dynamic";
import { Checkbox } from "../ui/checkbox.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { SortButton } from "../ui/sort-button.tsx";
import { type ColumnPlaces, placeOf } from "./column-places.ts";
import type { ListColumns } from "./use-columns.ts";
import { useLater } from "./use-later.ts";
import type { TaskTable } from "./use-task-table.ts";

const ColumnEdge = dynamic(
  loadAgain(() => import("./column-edge.tsx").then((module) => module.ColumnEdge)),
  { ssr: false },
);
const ORDER = { asc: "ascending", desc: "descending" } as const;

interface Props {
  table: TaskTable;
  places: ColumnPlaces;
  columns: ListColumns;
}

export function ColumnHeads({ table, places, columns }: Props) {
  const later = useLater();
  return (
    <div
      role="rowgroup"
      className="bg-background sticky top-0 z-10 hidden border-b md:block md:min-w-(--columns)"
    >
      {table.getHeaderGroups().map((group) => (
        <div
          key={group.id}
          role="row"
          aria-rowindex={1}
          className="flex h-9 items-center gap-3 px-4 text-xs sm:px-6"
        >
          {group.headers.map(({ id, column }) => {
            if (!column.getCanSort()) return <SelectAll key={id} table={table} />;
            const place = placeOf(places, id);
            if (place === undefined) return null;
            const order = column.getIsSorted();
            return (
              <div
                key={id}
                role="columnheader"
                aria-sort={order === false ? "none" : ORDER[order]}
                className={clsx(place, "relative")}
              >
                <SortButton order={order} onToggle={() => column.toggleSorting()}>
                  {String(column.columnDef.header)}
                </SortButton>
                {later && <ColumnEdge id={id} {...columns} />}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function SelectAll({ table }: { table: TaskTable }) {
  const selected = table.getIsAllRowsSelected()
    ? true
    : table.getSelectedRowModel().rows.length > 0
      ? "indeterminate"
      : false;
  return (
    <div role="columnheader" className="flex items-center">
      <Checkbox
        checked={selected}
        onCheckedChange={(all) => (all ? table.toggleAllRowsSelected(true) : table.resetRowSelection(true))}
        label="Select all tasks shown"
      />
    </div>
  );
}

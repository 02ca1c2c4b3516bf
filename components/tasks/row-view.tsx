"use client";

import { FlexRender } from "@tanstack/react-table";
import clsx from "clsx";
import { memo } from "react";
import type { ListedTask } from "../live/task-rows.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { type ColumnPlaces, placeOf } from "./column-places.ts";
import type { TableRow } from "./task-features.ts";

interface RowViewProps {
  row: TableRow;
  id: string;
  index: number;
  places: ColumnPlaces;
  selected: boolean;
  active: boolean;
  flashing: boolean;
  onSelect(key: string, selected: boolean, range: boolean): void;
  onOpen(row: ListedTask): void;
}

function Row({ row, id, index, places, selected, active, flashing, onSelect, onOpen }: RowViewProps) {
  const { task } = row.original;
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-task={task.id}
      data-source={task.source}
      data-flashing={flashing || undefined}
      onClick={(event) => {
        if (event.target instanceof Element && !event.target.closest("[data-keep]")) onOpen(row.original);
      }}
      className={clsx(
        "group relative flex h-full cursor-pointer items-center gap-3 border-b px-4 sm:px-6",
        selected ? "bg-accent-soft" : "hover:bg-hover",
        active && "shadow-[inset_2px_0_0_var(--accent)]",
        flashing && "animate-flash",
      )}
    >
      {row.getAllCells().map((cell) =>
        cell.column.id === "select" ? (
          <div
            key={cell.id}
            role="gridcell"
            data-keep
            className="flex items-center"
            onClick={(event) => onSelect(row.id, !selected, event.shiftKey)}
          >
            <Checkbox
              checked={selected}
              onCheckedChange={() => undefined}
              label={`Select task ${task.id}`}
              tabIndex={-1}
            />
          </div>
        ) : (
          placeOf(places, cell.column.id) !== undefined && (
            <div
              key={cell.id}
              role="gridcell"
              className={clsx(placeOf(places, cell.column.id), cell.column.columnDef.meta?.className)}
            >
              <FlexRender cell={cell} />
            </div>
          )
        ),
      )}
    </div>
  );
}

/**
 * The table creates all its row objects anew when one row changes. A row is drawn again only when its
 * task or its look changes.
 */
export const RowView = memo(
  Row,
  (a, b) =>
    a.row.original === b.row.original &&
    a.id === b.id &&
    a.index === b.index &&
    a.places === b.places &&
    a.selected === b.selected &&
    a.active === b.active &&
    a.flashing === b.flashing &&
    a.onSelect === b.onSelect &&
    a.onOpen === b.onOpen,
);

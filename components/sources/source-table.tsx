"use client";

import { FlexRender, type ReactTable, type Row, type SortingState, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { type CSSProperties, type ReactNode, useMemo, useRef, useState } from "react";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { SortButton } from "../ui/sort-button.tsx";
import { useHydrated } from "../tasks/use-hydrated.ts";
import { COLUMNS, type SourceFeatures, sourceFeatures, WIDTHS } from "./source-columns.tsx";

/** Number of rows in the page that the server sends. */
const SERVED = 20;
/** Height that a row is taken to have until it is measured, in pixels. */
const ROW_HEIGHT = 56;
const ORDER = { asc: "ascending", desc: "descending" } as const;
const keyOf = (source: SourceJson) => source.id;

type SourceTableModel = ReactTable<SourceFeatures, SourceJson>;

interface Props {
  sources: readonly SourceJson[];
  /** Whether automatic sync is on. */
  auto: boolean;
  /** Shown when there are no sources. */
  empty: ReactNode;
}

/** All sources, sorted by any column. Only the rows in sight are drawn. */
export function SourceTable({ sources, auto, empty }: Props) {
  const [sorting, onSortingChange] = useState<SortingState>([{ id: "source", desc: false }]);
  const meta = useMemo(() => ({ auto }), [auto]);
  const table = useTable({
    features: sourceFeatures,
    columns: COLUMNS,
    data: sources,
    getRowId: keyOf,
    meta,
    state: { sorting },
    onSortingChange,
    enableSortingRemoval: false,
    enableMultiSort: false,
  });
  const { rows } = table.getRowModel();
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are called only in this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
  });
  return (
    <div
      ref={scroller}
      role="table"
      aria-label="Sources"
      aria-rowcount={rows.length + 1}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto border-t focus-visible:-outline-offset-2"
    >
      <ColumnHeads table={table} />
      {useHydrated() ? (
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            const place = { top: 0, left: 0, right: 0, transform: `translateY(${start}px)` };
            return (
              <SourceRow
                key={row.id}
                row={row}
                index={index}
                measure={virtual.measureElement}
                style={{ position: "absolute", ...place }}
              />
            );
          })}
        </div>
      ) : (
        <div role="rowgroup">
          {rows.slice(0, SERVED).map((row, index) => (
            <SourceRow key={row.id} row={row} index={index} />
          ))}
        </div>
      )}
      {rows.length === 0 && (
        <div role="row">
          <div role="cell">{empty}</div>
        </div>
      )}
    </div>
  );
}

interface RowProps {
  row: Row<SourceFeatures, SourceJson>;
  index: number;
  measure?: (element: HTMLElement | null) => void;
  style?: CSSProperties;
}

function SourceRow({ row, index, measure, style }: RowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-source={row.id}
      ref={measure}
      style={style}
      className={clsx(
        "border-b px-3 py-2 sm:px-6 lg:min-h-14",
        WIDTHS,
        row.original.removed_at !== null && "bg-hover",
      )}
    >
      {row.getAllCells().map((cell) => (
        <div key={cell.id} role="cell" className={cell.column.columnDef.meta?.className}>
          <FlexRender cell={cell} />
        </div>
      ))}
    </div>
  );
}

function ColumnHeads({ table }: { table: SourceTableModel }) {
  return (
    <div role="rowgroup" className="bg-background sticky top-0 z-10 hidden border-b lg:block">
      {table.getHeaderGroups().map((group) => (
        <div key={group.id} role="row" aria-rowindex={1} className={clsx("h-9 px-4 text-xs sm:px-6", WIDTHS)}>
          {group.headers.map(({ id, column }) => {
            const order = column.getIsSorted();
            return (
              <div
                key={id}
                role="columnheader"
                aria-sort={column.getCanSort() ? (order === false ? "none" : ORDER[order]) : undefined}
                className={clsx(column.columnDef.meta?.className, "whitespace-nowrap")}
              >
                {column.getCanSort() ? (
                  <SortButton order={order} onToggle={() => column.toggleSorting()}>
                    {String(column.columnDef.header)}
                  </SortButton>
                ) : (
                  <span className="sr-only">Actions</span>
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

"use client";

import { FlexRender, type SortingState, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { useHydrated } from "../tasks/use-hydrated.ts";
import { COLUMNS, sourceFeatures, WIDTHS } from "./source-columns.tsx";

/** Rows in the page as the server makes it. */
const SERVED = 20;
const ROW = "border-b px-3 py-2 sm:px-6 lg:min-h-14";
const ORDER = { asc: "ascending", desc: "descending" } as const;
const keyOf = (source: SourceJson) => source.id;

/** All sources, those in sight drawn; sorted by any column. */
export function SourceTable({
  sources,
  auto,
  empty,
}: {
  sources: readonly SourceJson[];
  auto: boolean;
  empty: ReactNode;
}) {
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
  const hydrated = useHydrated();
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called here and handed to nobody
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 56,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
  });
  const cells = (index: number) =>
    rows[index]?.getAllCells().map((cell) => (
      <div key={cell.id} role="cell" className={cell.column.columnDef.meta?.className}>
        <FlexRender cell={cell} />
      </div>
    ));
  const look = (index: number) => clsx(ROW, WIDTHS, rows[index]?.original.removed_at !== null && "bg-hover");
  return (
    <div
      ref={scroller}
      role="table"
      aria-label="Sources"
      aria-rowcount={rows.length + 1}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto border-t focus-visible:-outline-offset-2"
    >
      <div role="rowgroup" className="bg-background sticky top-0 z-10 hidden border-b lg:block">
        {table.getHeaderGroups().map((group) => (
          <div
            key={group.id}
            role="row"
            aria-rowindex={1}
            className={clsx("h-9 px-4 text-xs sm:px-6", WIDTHS)}
          >
            {group.headers.map(({ id, column }) => {
              const order = column.getIsSorted();
              const Arrow = order === "desc" ? ArrowDown : ArrowUp;
              return (
                <div
                  key={id}
                  role="columnheader"
                  aria-sort={column.getCanSort() ? (order === false ? "none" : ORDER[order]) : undefined}
                  className={clsx(column.columnDef.meta?.className, "whitespace-nowrap")}
                >
                  {column.getCanSort() ? (
                    <button
                      type="button"
                      onClick={() => column.toggleSorting()}
                      className={clsx(
                        "hover:text-text flex items-center gap-1 font-medium",
                        order === false ? "text-muted" : "text-text",
                      )}
                    >
                      {String(column.columnDef.header)}
                      {order !== false && <Arrow className="size-3" aria-hidden />}
                    </button>
                  ) : (
                    <span className="sr-only">Actions</span>
                  )}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <div
        role="rowgroup"
        {...(hydrated ? { style: { height: virtual.getTotalSize(), position: "relative" as const } } : {})}
      >
        {hydrated
          ? virtual.getVirtualItems().map((item) => (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                data-index={item.index}
                data-source={rows[item.index]?.id}
                ref={virtual.measureElement}
                className={look(item.index)}
                style={{
                  position: "absolute",
                  top: 0,
                  left: 0,
                  right: 0,
                  transform: `translateY(${item.start}px)`,
                }}
              >
                {cells(item.index)}
              </div>
            ))
          : rows.slice(0, SERVED).map((row, index) => (
              <div
                key={row.id}
                role="row"
                aria-rowindex={index + 2}
                data-source={row.id}
                className={look(index)}
              >
                {cells(index)}
              </div>
            ))}
      </div>
      {rows.length === 0 && (
        <div role="row">
          <div role="cell">{empty}</div>
        </div>
      )}
    </div>
  );
}

"use client";

import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useCallback, useEffect, useState } from "react";
import type { ListedTask } from "../live/task-rows.ts";
import { ColumnHeads } from "./column-heads.tsx";
import { gridKeys } from "./grid-keys.ts";
import { RowView } from "./row-view.tsx";
import { WIDTHS } from "./task-columns.tsx";
import type { TableRow } from "./task-features.ts";
import { useHydrated, useWide } from "./use-hydrated.ts";
import { useKeysOfPage } from "./use-keys-of-page.ts";
import type { TaskTable } from "./use-task-table.ts";

/** Number of rows in the page that the server sends, because the server does not know the screen. */
const SERVED = 30;
const HEIGHT = { wide: 52, narrow: 60 };

interface Props {
  grid: RefObject<HTMLDivElement | null>;
  table: TaskTable;
  /** Whether there are several sources. */
  many: boolean;
  flashing: ReadonlySet<string>;
  onOpen(row: ListedTask): void;
  /** Shown when there are no rows. */
  empty: ReactNode;
}

/** The task list as a grid. Only the rows in sight are drawn, because there may be many thousands. */
export function TaskGrid({ grid: scroller, table, many, flashing, onOpen, empty }: Props) {
  const { rows } = table.getRowModel();
  const { rowSelection } = table.state;
  const { getRow } = table;
  const widths = many ? WIDTHS.many : WIDTHS.one;
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const height = useWide() ? HEIGHT.wide : HEIGHT.narrow;
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called only in this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const activeIndex = activeKey === null ? -1 : rows.findIndex((row) => row.id === activeKey);
  const onSelect = useCallback(
    (key: string, selected: boolean, shiftKey: boolean) =>
      getRow(key).getToggleSelectedHandler()({ target: { checked: selected }, shiftKey }),
    [getRow],
  );
  const onKey = gridKeys({
    table,
    activeIndex,
    rowsPerPage: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2),
    onMove: (row, index) => {
      setActiveKey(row.id);
      virtual.scrollToIndex(index, { align: "auto" });
    },
    onSelect,
    onOpen,
  });
  useKeysOfPage(scroller, onKey);
  useTopOnSort(scroller, table);
  const draw = (row: TableRow, index: number) => (
    <RowView
      row={row}
      id={`row-${index}`}
      index={index}
      widths={widths}
      selected={rowSelection[row.id] === true}
      active={row.id === activeKey}
      flashing={flashing.has(row.id)}
      onSelect={onSelect}
      onOpen={onOpen}
    />
  );
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label="Tasks"
      aria-rowcount={rows.length + 1}
      aria-multiselectable
      aria-activedescendant={activeIndex === -1 ? undefined : `row-${activeIndex}`}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget) onKey(event);
      }}
      className="min-h-0 flex-1 overflow-y-auto border-t focus-visible:-outline-offset-2"
    >
      <ColumnHeads table={table} widths={widths} />
      <Rows rows={rows} items={virtual.getVirtualItems()} height={virtual.getTotalSize()} draw={draw} />
      {rows.length === 0 && (
        <div role="row">
          <div role="gridcell">{empty}</div>
        </div>
      )}
    </div>
  );
}

/** Scrolls to the top when the order changes, because there are the rows that one wants to see first. */
function useTopOnSort(scroller: Props["grid"], { state: { sorting } }: TaskTable): void {
  const [{ id, desc } = { id: "", desc: false }] = sorting;
  useEffect(() => {
    // No result: newer browsers answer with a promise, which React would take for the end of the effect.
    scroller.current?.scrollTo({ top: 0 });
  }, [scroller, id, desc]);
}

interface RowsProps {
  rows: readonly TableRow[];
  /** The rows in sight, with their places. */
  items: readonly VirtualItem[];
  /** Height of all rows together, in pixels. */
  height: number;
  draw(row: TableRow, index: number): ReactNode;
}

/** The rows in sight, each at its place. Until the page's script runs, the first rows stand below one another. */
function Rows({ rows, items, height, draw }: RowsProps) {
  if (!useHydrated()) {
    return (
      <div role="rowgroup">
        {rows.slice(0, SERVED).map((row, index) => (
          <div key={row.id} role="presentation" className="h-[60px] md:h-[52px]">
            {draw(row, index)}
          </div>
        ))}
      </div>
    );
  }
  return (
    <div role="rowgroup" style={{ height, position: "relative" }}>
      {items.map(({ index, size, start }) => {
        const row = rows[index];
        if (!row) return null;
        const place = { top: 0, left: 0, right: 0, height: size, transform: `translateY(${start}px)` };
        return (
          <div key={row.id} role="presentation" style={{ position: "absolute", ...place }}>
            {draw(row, index)}
          </div>
        );
      })}
    </div>
  );
}

"use client";

import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import clsx from "clsx";
import { type ReactNode, useEffect, useMemo } from "react";
import type { ListedTask } from "../live/task-rows.ts";
import { ColumnHeads } from "./column-heads.tsx";
import { columnPlaces } from "./column-places.ts";
import { columnStyle } from "./column-style.ts";
import { RowView } from "./row-view.tsx";
import type { TableRow } from "./task-features.ts";
import { useActiveRow } from "./use-active-row.ts";
import type { ListColumns } from "./use-columns.ts";
import { useHydrated, useWide } from "./use-hydrated.ts";
import { useKeysOfPage } from "./use-keys-of-page.ts";
import type { TaskTable } from "./use-task-table.ts";

/** Number of rows in the page that the server sends, because the server does not know the screen. */
const SERVED = 30;
/** Heights of a row in pixels; a card on a phone has a line of its own for its source. */
const HEIGHT = { wide: 52, narrow: 60, narrowOfMany: 76 };

interface Props {
  table: TaskTable;
  columns: ListColumns;
  flashing: ReadonlySet<string>;
  onOpen(row: ListedTask): void;
  /** Shown when there are no rows. */
  empty: ReactNode;
}

/** The task list as a grid. Only the rows in sight are drawn, because there may be many thousands. */
export function TaskGrid({ table, columns: layout, flashing, onOpen, empty }: Props) {
  const { list, columns, many } = layout;
  const { rows } = table.getRowModel();
  const { rowSelection } = table.state;
  const places = useMemo(() => columnPlaces(columns, many), [columns, many]);
  const style = useHydrated() ? columnStyle(columns) : undefined;
  const height = HEIGHT[useWide() ? "wide" : many ? "narrowOfMany" : "narrow"];
  // oxlint-disable-next-line react/incompatible-library -- its functions are called only here and by the keys
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const rowsPerPage = () => Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / height) - 2);
  const { activeKey, activeIndex, onSelect, onKey } = useActiveRow({
    table,
    rowsPerPage,
    onMove: (index) => virtual.scrollToIndex(index, { align: "auto" }),
    onOpen,
  });
  useKeysOfPage(list, onKey);
  useTopOnSort(list, table);
  const draw = (row: TableRow, index: number) => (
    <RowView
      row={row}
      id={`row-${index}`}
      index={index}
      places={places}
      selected={rowSelection[row.id] === true}
      active={row.id === activeKey}
      flashing={flashing.has(row.id)}
      onSelect={onSelect}
      onOpen={onOpen}
    />
  );
  return (
    <div
      ref={list}
      role="grid"
      tabIndex={0}
      aria-label="Tasks"
      aria-rowcount={rows.length + 1}
      aria-multiselectable
      aria-activedescendant={activeIndex === -1 ? undefined : `row-${activeIndex}`}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget) onKey(event);
      }}
      data-source={columns === null ? "auto" : columns.some(({ id }) => id === "source")}
      style={style}
      className="group/list @container min-h-0 flex-1 overflow-auto border-t focus-visible:-outline-offset-2 max-md:overflow-x-hidden"
    >
      <ColumnHeads table={table} places={places} columns={layout} />
      <Rows
        rows={rows}
        items={virtual.getVirtualItems()}
        height={virtual.getTotalSize()}
        many={many}
        draw={draw}
      />
      {rows.length === 0 && (
        <div role="row">
          <div role="gridcell">{empty}</div>
        </div>
      )}
    </div>
  );
}

/** Scrolls to the top when the order changes, because there are the rows that one wants to see first. */
function useTopOnSort(list: ListColumns["list"], { state: { sorting } }: TaskTable): void {
  const [{ id, desc } = { id: "", desc: false }] = sorting;
  useEffect(() => {
    // No result: newer browsers answer with a promise, which React would take for the end of the effect.
    list.current?.scrollTo({ top: 0 });
  }, [list, id, desc]);
}

interface RowsProps {
  rows: readonly TableRow[];
  /** The rows in sight, with their places. */
  items: readonly VirtualItem[];
  /** Height of all rows together, in pixels. */
  height: number;
  many: boolean;
  draw(row: TableRow, index: number): ReactNode;
}

/** The rows in sight, each at its place. Until the page's script runs, the first rows stand below one another. */
function Rows({ rows, items, height, many, draw }: RowsProps) {
  if (!useHydrated()) {
    return (
      <div role="rowgroup">
        {rows.slice(0, SERVED).map((row, index) => (
          <div
            key={row.id}
            role="presentation"
            className={clsx(many ? "h-[76px]" : "h-[60px]", "md:h-[52px]")}
          >
            {draw(row, index)}
          </div>
        ))}
      </div>
    );
  }
  return (
    <div role="rowgroup" className="md:min-w-(--columns)" style={{ height, position: "relative" }}>
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

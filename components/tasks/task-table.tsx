"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, type RefObject, useCallback, useState } from "react";
import type { ListedTask } from "../live/task-rows.ts";
import { ColumnHeads } from "./column-heads.tsx";
import { RowView } from "./row-view.tsx";
import { WIDTHS } from "./task-columns.tsx";
import type { TableRow } from "./task-features.ts";
import { useHydrated, useWide } from "./use-hydrated.ts";
import type { TaskTable } from "./use-task-table.ts";

/** Rows in the page as the server makes it, which knows no screen. */
const SERVED = 30;
const HEIGHT = { wide: 52, narrow: 60 };

interface Props {
  grid: RefObject<HTMLDivElement | null>;
  table: TaskTable;
  /** Whether there are several sources. */
  many: boolean;
  flashing: ReadonlySet<string>;
  onOpen(row: ListedTask): void;
  /** Instead of rows, where there are none. */
  empty: ReactNode;
}

/** Draws the rows in sight only. One stop of the Tab key; arrows or j and k move, Enter opens, x selects. */
export function TaskGrid({ grid: scroller, table, many, flashing, onOpen, empty }: Props) {
  const { rows } = table.getRowModel();
  const { rowSelection } = table.state;
  const { getRow } = table;
  const widths = many ? WIDTHS.many : WIDTHS.one;
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const hydrated = useHydrated();
  const height = useWide() ? HEIGHT.wide : HEIGHT.narrow;
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called here and handed to nobody
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    scrollMargin: 0,
  });
  const activeIndex = activeKey === null ? -1 : rows.findIndex((row) => row.id === activeKey);
  const onSelect = useCallback(
    (key: string, selected: boolean, shiftKey: boolean) =>
      getRow(key).getToggleSelectedHandler()({ target: { checked: selected }, shiftKey }),
    [getRow],
  );
  const moveTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setActiveKey(row.id);
    virtual.scrollToIndex(rows.indexOf(row), { align: "auto" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const active = rows[activeIndex];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      j: 1,
      ArrowUp: -1,
      k: -1,
      PageDown: page,
      PageUp: -page,
    };
    const step = steps[event.key];
    if (step !== undefined) moveTo(activeIndex === -1 ? 0 : activeIndex + step);
    else if (event.key === "Home") moveTo(0);
    else if (event.key === "End") moveTo(rows.length - 1);
    else if ((event.key === "Enter" || event.key === "o") && active) onOpen(active.original);
    else if ((event.key === "x" || event.key === " ") && active)
      onSelect(active.id, rowSelection[active.id] !== true, event.shiftKey);
    else if (event.key === "Escape" && table.getIsSomeRowsSelected()) table.resetRowSelection(true);
    else return;
    event.preventDefault();
  };
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
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-y-auto border-t focus-visible:-outline-offset-2"
    >
      <ColumnHeads table={table} widths={widths} />
      <div
        role="rowgroup"
        {...(hydrated ? { style: { height: virtual.getTotalSize(), position: "relative" as const } } : {})}
      >
        {hydrated
          ? virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              return (
                row && (
                  <div
                    key={row.id}
                    role="presentation"
                    style={{
                      position: "absolute",
                      top: 0,
                      left: 0,
                      right: 0,
                      height: item.size,
                      transform: `translateY(${item.start}px)`,
                    }}
                  >
                    {draw(row, item.index)}
                  </div>
                )
              );
            })
          : rows.slice(0, SERVED).map((row, index) => (
              <div key={row.id} role="presentation" className="h-[60px] md:h-[52px]">
                {draw(row, index)}
              </div>
            ))}
      </div>
      {rows.length === 0 && (
        <div role="row">
          <div role="gridcell">{empty}</div>
        </div>
      )}
    </div>
  );
}

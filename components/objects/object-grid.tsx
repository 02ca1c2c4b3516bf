"use client";

import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import clsx from "clsx";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useHydrated, useWide } from "../tasks/use-hydrated.ts";
import { MemoObjectRow, RestRowView, WIDTHS } from "./object-row.tsx";
import type { ObjectRow, TreeRow } from "./object-tree.ts";
import { treeKeys } from "./tree-keys.ts";
import type { ObjectTree } from "./use-object-tree.ts";

/** Number of rows in the page that the server sends, because the server does not know the screen. */
const SERVED = 30;
const HEIGHT = { wide: 44, narrow: 56 };

interface Props {
  tree: ObjectTree;
  onOpen(row: ObjectRow): void;
  /** Shown when there are no rows. */
  empty: ReactNode;
}

/** The tree of objects with its columns. Only the rows in sight are drawn, because there may be many thousands. */
export function ObjectGrid({ tree, onOpen, empty }: Props) {
  const { rows, toggle, show } = tree;
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<{ key: string; index: number } | null>(null);
  const height = useWide() ? HEIGHT.wide : HEIGHT.narrow;
  // oxlint-disable-next-line react/incompatible-library -- its functions are called only in this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const pages = [...new Set(items.flatMap(({ index }) => rows[index]?.page ?? []))].join("\n");
  useEffect(() => show(pages), [show, pages]);
  const active = placeOf(at, rows);
  const onToggle = useCallback((row: ObjectRow, open: boolean) => toggle(row.object.id, open), [toggle]);
  const open = useCallback(
    (row: ObjectRow, index: number) => {
      setAt({ key: row.key, index });
      onOpen(row);
    },
    [onOpen],
  );
  const onKey = treeKeys({
    rows,
    at: active,
    rowsPerPage: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2),
    onMove: (index) => {
      const row = rows[index];
      if (row) setAt({ key: row.key, index });
      virtual.scrollToIndex(index, { align: "auto" });
    },
    onToggle,
    onOpen: (row) => open(row, active),
  });
  const draw = (index: number) => (
    <TreeRowView tree={tree} index={index} active={index === active} onToggle={onToggle} onOpen={open} />
  );
  return (
    <div
      ref={scroller}
      role="treegrid"
      tabIndex={0}
      aria-label="Objects"
      aria-rowcount={rows.some(({ kind }) => kind === "rest") ? -1 : rows.length + 1}
      aria-busy={tree.settling}
      aria-activedescendant={active === -1 ? undefined : `object-${active}`}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget) onKey(event);
      }}
      className={clsx(
        "min-h-0 flex-1 overflow-y-auto border-t focus-visible:-outline-offset-2",
        tree.settling && "opacity-60",
      )}
    >
      <ColumnHeads />
      <Rows rows={rows} items={items} height={virtual.getTotalSize()} draw={draw} />
      {rows.length === 0 && (
        <div role="row">
          <div role="gridcell">{empty}</div>
        </div>
      )}
    </div>
  );
}

/** Where the row of the keys is. In the place of a row that is gone is the one that took it, such as a page that was loaded. */
function placeOf(at: { key: string; index: number } | null, rows: readonly TreeRow[]): number {
  if (at === null) return -1;
  const found = rows.findIndex(({ key }) => key === at.key);
  return found === -1 ? Math.min(at.index, rows.length - 1) : found;
}

interface RowProps {
  tree: ObjectTree;
  index: number;
  active: boolean;
  onToggle(row: ObjectRow, open: boolean): void;
  onOpen(row: ObjectRow, index: number): void;
}

function TreeRowView({ tree, index, active, onToggle, onOpen }: RowProps) {
  const row = tree.rows[index];
  if (!row) return null;
  const id = `object-${index}`;
  return row.kind === "rest" ? (
    <RestRowView row={row} id={id} index={index} error={tree.failed.get(row.page)} onRetry={tree.retry} />
  ) : (
    <MemoObjectRow row={row} id={id} index={index} active={active} onToggle={onToggle} onOpen={onOpen} />
  );
}

interface RowsProps {
  rows: readonly TreeRow[];
  /** The rows in sight, with their places. */
  items: readonly VirtualItem[];
  /** Height of all rows together, in pixels. */
  height: number;
  draw(index: number): ReactNode;
}

/** The rows in sight, each at its place. Until the page's script runs, the first rows stand below one another. */
function Rows({ rows, items, height, draw }: RowsProps) {
  if (!useHydrated())
    return (
      <div role="rowgroup">
        {rows.slice(0, SERVED).map(({ key }, index) => (
          <div key={key} role="presentation" className="h-[56px] md:h-[44px]">
            {draw(index)}
          </div>
        ))}
      </div>
    );
  return (
    <div role="rowgroup" style={{ height, position: "relative" }}>
      {items.map(({ index, key, size, start }) => {
        const place = { top: 0, left: 0, right: 0, height: size, transform: `translateY(${start}px)` };
        return (
          <div key={key} role="presentation" style={{ position: "absolute", ...place }}>
            {draw(index)}
          </div>
        );
      })}
    </div>
  );
}

function ColumnHeads() {
  return (
    <div role="rowgroup" className="bg-background sticky top-0 z-10 border-b max-md:sr-only">
      <div role="row" aria-rowindex={1} className={clsx("text-muted h-8 px-4 text-xs sm:px-6", WIDTHS)}>
        <div role="columnheader" className="pl-7">
          Object
        </div>
        <div role="columnheader">Type</div>
        <div role="columnheader" className="pr-4 text-right">
          Children
        </div>
        <div role="columnheader">Freshness</div>
        <div role="columnheader">Changed</div>
      </div>
    </div>
  );
}

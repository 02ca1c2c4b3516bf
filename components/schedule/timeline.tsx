"use client";

import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useCallback, useRef, useState } from "react";
import type { Starts } from "../../lib/schedule/starts.ts";
import { useWide } from "../tasks/use-hydrated.ts";
import { useKeysOfPage } from "../tasks/use-keys-of-page.ts";
import type { Axis } from "./axis.ts";
import { AxisHeads, AxisLines } from "./axis-heads.tsx";
import { HoverLabel } from "./hover-label.tsx";
import { RowView } from "./row-view.tsx";
import type { Span } from "./schedule-view.ts";
import { timelineKeys } from "./timeline-keys.ts";
import type { TimelineRow } from "./timeline-rows.ts";
import { useTrackWidth } from "./use-track-width.ts";

const HEIGHT = { wide: 44, narrow: 76 };
/** Height of what stays above the rows while they scroll. */
const HEAD = { wide: 68, narrow: 88 };

interface Props {
  grid: RefObject<HTMLDivElement | null>;
  rows: readonly TimelineRow[];
  starts: Starts;
  axis: Axis;
  span: Span;
  /** What stands between the axis and the rows. */
  overview: ReactNode;
  onOpen(row: TimelineRow): void;
  /** Moves the axis by so many spans. */
  onStep(spans: number): void;
}

/** Rows with their starts on one axis. Only the rows in sight are drawn, because there may be many thousands. */
export function Timeline({ grid, rows, starts, axis, span, overview, onOpen, onStep }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const wide = useWide();
  const size = wide ? "wide" : "narrow";
  const width = useTrackWidth(scroller, wide);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are called only in this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT[size],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    scrollMargin: HEAD[size],
    scrollPaddingStart: HEAD[size],
  });
  const activeIndex = activeKey === null ? -1 : rows.findIndex((row) => row.key === activeKey);
  const open = useCallback(
    (row: TimelineRow) => {
      setActiveKey(row.key);
      onOpen(row);
    },
    [onOpen],
  );
  const onKey = timelineKeys({
    count: rows.length,
    active: activeIndex,
    rowsPerPage: () =>
      Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD[size]) / HEIGHT[size]) - 1),
    onMove: (index) => {
      setActiveKey(rows[index]?.key ?? null);
      virtual.scrollToIndex(index, { align: "auto" });
    },
    onOpen: (index) => rows[index] && open(rows[index]),
    onStep,
  });
  useKeysOfPage(grid, onKey);
  const shared = { rows, starts, axis, width };
  return (
    <div
      ref={scroller}
      className="bg-surface has-[[role=grid]:focus-visible]:outline-accent relative min-h-56 flex-1 overflow-y-auto border-t has-[[role=grid]:focus-visible]:outline-2 has-[[role=grid]:focus-visible]:-outline-offset-2"
    >
      <div className="bg-surface sticky top-0 z-20 border-b" style={{ height: HEAD[size] }}>
        <AxisHeads span={span} axis={axis} wide={wide} width={width} />
        {overview}
      </div>
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label="Timeline"
        aria-rowcount={rows.length}
        aria-activedescendant={activeIndex === -1 ? undefined : `start-${activeIndex}`}
        onKeyDown={(event) => event.target === event.currentTarget && onKey(event)}
        className="relative outline-none"
        style={{ height: virtual.getTotalSize() }}
      >
        <AxisLines span={span} axis={axis} wide={wide} />
        <RowsInSight
          items={virtual.getVirtualItems()}
          above={HEAD[size]}
          activeKey={activeKey}
          onOpen={open}
          {...shared}
        />
      </div>
      <HoverLabel scroller={scroller} {...shared} />
    </div>
  );
}

interface RowsInSightProps extends Pick<Props, "rows" | "starts" | "axis" | "onOpen"> {
  items: readonly VirtualItem[];
  /** Height of what stands above the rows, in pixels. */
  above: number;
  activeKey: string | null;
  width: number;
}

function RowsInSight({ items, above, rows, activeKey, ...shared }: RowsInSightProps) {
  return items.map(({ key, index, size: height, start }) => {
    const row = rows[index];
    if (!row) return null;
    const place = { top: 0, left: 0, right: 0, height, transform: `translateY(${start - above}px)` };
    return (
      <div key={key} role="presentation" style={{ position: "absolute", ...place }}>
        <RowView row={row} id={`start-${index}`} index={index} active={row.key === activeKey} {...shared} />
      </div>
    );
  });
}

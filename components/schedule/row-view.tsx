"use client";

import clsx from "clsx";
import { memo } from "react";
import type { Starts } from "../../lib/schedule/starts.ts";
import { Badge } from "../ui/badge.tsx";
import type { Axis } from "./axis.ts";
import { overdueInWords, rowWords } from "./row-words.ts";
import type { TimelineRow } from "./timeline-rows.ts";
import { Track, TRACK_BOX } from "./track.tsx";

interface Props {
  row: TimelineRow;
  id: string;
  index: number;
  starts: Starts;
  axis: Axis;
  width: number;
  active: boolean;
  onOpen(row: TimelineRow): void;
}

/** A row of the timeline: the name and schedule, and its starts. A click opens it. */
export const RowView = memo(function RowView(props: Props) {
  const { row, id, index, starts, axis, width, active, onOpen } = props;
  const { name, note, zone, next, resting, overdue } = rowWords(row, starts, axis);
  const late = overdueInWords(overdue, axis.now);
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={active}
      data-row={index}
      onClick={() => onOpen(row)}
      className={clsx(
        "relative h-full cursor-pointer border-b",
        active ? "bg-accent-soft outline-accent outline-2 -outline-offset-2" : "hover:bg-hover",
      )}
    >
      <div role="rowheader" className="px-3 pt-1.5 md:w-72">
        <p className="flex items-center gap-1.5 font-medium">
          <span className={clsx("truncate", resting && "text-muted")} title={name}>
            {name}
          </span>
          {resting && <Badge>{row.tasks[0]?.task.status}</Badge>}
          {late !== null && <Badge tone="bad">overdue</Badge>}
        </p>
        <p className="text-muted flex gap-1.5 text-xs">
          <span className="truncate" title={note}>
            {note}
          </span>
          {zone !== null && <span className="shrink-0">{zone}</span>}
        </p>
      </div>
      <div
        role="gridcell"
        className={clsx(TRACK_BOX, "bottom-1 md:top-1/2 md:bottom-auto md:-translate-y-1/2")}
      >
        <Track row={row} starts={starts} axis={axis} width={width} overdue={overdue} resting={resting} />
        <span className="sr-only">
          {next}
          {late !== null && `; ${late}`}
        </span>
      </div>
    </div>
  );
});

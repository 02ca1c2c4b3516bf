"use client";

import clsx from "clsx";
import { useMemo } from "react";
import type { Starts } from "../../lib/schedule/starts.ts";
import { type Axis, placeOf } from "./axis.ts";
import type { TimelineRow } from "./timeline-rows.ts";
import { trackPicture } from "./track-picture.ts";

/** Where the tracks, the axis and the grid lines lie within a row: beside the name, on a phone below it. */
export const TRACK_BOX = "absolute right-3 left-3 md:left-72";

export const SHADES = ["", "fill-accent/25", "fill-accent/45", "fill-accent/70", "fill-accent"] as const;

interface Props {
  row: TimelineRow;
  starts: Starts;
  axis: Axis;
  /** In pixels. */
  width: number;
  /** Minutes since the epoch at which a run was due that nothing has reported. */
  overdue: readonly number[];
  /** Whether nothing is expected to start, because the task is paused. */
  resting: boolean;
}

/** The starts of one row as a strip; what is past is paler. It says nothing to screen readers: the row does. */
export function Track({ row, starts, axis, width, overdue, resting }: Props) {
  const { window, now } = axis;
  const clock = axis.clockOf(row);
  const picture = useMemo(
    () => trackPicture(row.minutes, starts, clock, window, width),
    [row.minutes, starts, clock, window, width],
  );
  const present = placeOf(now, clock, window);
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${width} 28`}
      preserveAspectRatio="none"
      className={clsx("block h-7 w-full overflow-visible", resting && "opacity-35")}
    >
      {picture.bands.map(({ x, width: wide, shade }) => (
        <rect key={x} x={x} y={6} width={wide} height={16} className={SHADES[shade]} />
      ))}
      <path d={picture.alone} className="stroke-accent" strokeWidth={3} />
      <path d={picture.together} className="stroke-warn" strokeWidth={3} />
      {present > 0 && <rect width={Math.min(1, present) * width} height={28} className="fill-surface/60" />}
      {present > 0 && present < 1 && (
        <path d={`M${(present * width).toFixed(1)} -4V32`} className="stroke-text/60" strokeWidth={1} />
      )}
      {overdue.map((minute) => {
        const x = placeOf(minute, clock, window) * width;
        return x < 0 || x > width ? null : (
          <path key={minute} d={`M${x} 6l7 8l-7 8l-7 -8z`} className="fill-bad stroke-surface" />
        );
      })}
    </svg>
  );
}

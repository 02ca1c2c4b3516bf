"use client";

import clsx from "clsx";
import { type Axis, placeOf, zoneName } from "./axis.ts";
import { type Tick, ticksOf, timeName } from "./axis-window.ts";
import type { Span } from "./schedule-view.ts";
import { TRACK_BOX } from "./track.tsx";

/** Width of a letter of a label, and of half of the time of the present with some air, in pixels. */
const [LETTER_PX, BADGE_PX] = [6.5, 22];

interface Props {
  span: Span;
  axis: Axis;
  wide: boolean;
}

interface HeadsProps extends Props {
  /** Width of the axis in pixels. */
  width: number;
}

/** The dates and times above the rows, with the name of the zone whose clock they show. */
export function AxisHeads({ span, axis, wide, width }: HeadsProps) {
  const { window, zone, clock, now } = axis;
  const present = zone === null ? -1 : placeOf(now, clock, window);
  // The time of the present needs the room of the labels around it.
  const isNear = ({ at, label }: Tick) =>
    at > present - (label.length * LETTER_PX + BADGE_PX) / width && at < present + BADGE_PX / width;
  return (
    <div className="relative h-11 md:h-6">
      <p className="text-muted truncate px-3 pt-1 text-xs md:w-72">
        {zone === null ? "Each row in its own time zone" : `Times in ${zoneName(zone, clock(now))}`}
      </p>
      <div aria-hidden className={clsx(TRACK_BOX, "bottom-0 h-5 text-[11px]")}>
        {ticksOf(span, window, wide)
          .filter((tick) => !isNear(tick))
          .map(({ at, label, day }) => (
            <span
              key={at}
              style={{ left: `${at * 100}%` }}
              className={clsx(
                "absolute bottom-0.5 pl-1 whitespace-nowrap tabular-nums",
                day ? "text-text font-medium" : "text-muted",
              )}
            >
              {label}
            </span>
          ))}
        {present > 0 && present < 1 && (
          <span
            style={{ left: `${present * 100}%` }}
            className="bg-text text-background absolute -bottom-px z-10 -translate-x-1/2 rounded px-1 text-[10px] leading-4 font-medium tabular-nums"
          >
            {timeName(now + clock(now))}
          </span>
        )}
      </div>
    </div>
  );
}

/** Lines from the axis through all rows. */
export function AxisLines({ span, axis, wide }: Props) {
  return (
    <div aria-hidden className={clsx(TRACK_BOX, "pointer-events-none inset-y-0")}>
      {ticksOf(span, axis.window, wide).map(({ at, day }) => (
        <span
          key={at}
          style={{ left: `${at * 100}%` }}
          className={clsx("absolute inset-y-0 w-px", day ? "bg-border-strong" : "bg-border")}
        />
      ))}
    </div>
  );
}

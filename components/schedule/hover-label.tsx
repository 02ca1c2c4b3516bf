"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import type { Starts } from "../../lib/schedule/starts.ts";
import { plural } from "../shell/run-words.ts";
import { type Axis, othersAt } from "./axis.ts";
import { whenInWords } from "./row-words.ts";
import type { TimelineRow } from "./timeline-rows.ts";
import { startNear } from "./track-picture.ts";

interface Props {
  scroller: RefObject<HTMLDivElement | null>;
  rows: readonly TimelineRow[];
  starts: Starts;
  axis: Axis;
  width: number;
}

interface Label {
  left: number;
  top: number;
  text: string;
}

/** The time of the start under the mouse. It stands apart from the rows, so that moving the mouse draws none of them again. */
export function HoverLabel({ scroller, ...shown }: Props) {
  const [label, setLabel] = useState<Label | null>(null);
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onMove = (event: PointerEvent) => setLabel(labelAt(event, latest.current));
    const onLeave = () => setLabel(null);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerleave", onLeave);
    element.addEventListener("scroll", onLeave, { passive: true });
    return () => {
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerleave", onLeave);
      element.removeEventListener("scroll", onLeave);
    };
  }, [scroller]);
  if (label === null) return null;
  return (
    <div
      aria-hidden
      style={{ left: label.left, top: label.top }}
      className="bg-text text-background pointer-events-none fixed z-30 -translate-x-1/2 -translate-y-full rounded px-1.5 py-0.5 text-xs whitespace-nowrap tabular-nums"
    >
      {label.text}
    </div>
  );
}

function labelAt(
  { target, clientX, pointerType }: PointerEvent,
  { rows, starts, axis, width }: Omit<Props, "scroller">,
): Label | null {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  const row = rows[Number(element?.dataset["row"])];
  const track = element?.querySelector("svg")?.getBoundingClientRect();
  if (!row || !track || pointerType === "touch") return null;
  const clock = axis.clockOf(row);
  const minute = startNear(clientX - track.left, row.minutes, starts, clock, axis.window, width);
  if (minute === null) return null;
  const others = row.together ? row.tasks.length - 1 : othersAt(minute, starts, 1);
  const together = others === 0 ? "" : `, with ${plural(others, "other")}`;
  return {
    left: clientX,
    top: track.top - 2,
    text: `${whenInWords(starts.from + minute, axis, row)}${together}`,
  };
}

"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { SourceSelect } from "../shell/use-source.tsx";
import { Button } from "../ui/button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Segmented } from "../ui/segmented.tsx";
import type { ScheduleView, Span, Zone } from "./schedule-view.ts";

const SPAN: readonly { value: Span; label: string }[] = [
  { value: "day", label: "Day" },
  { value: "week", label: "Week" },
  { value: "month", label: "Month" },
];
const ZONE: readonly { value: Zone; label: string }[] = [
  { value: "browser", label: "Local" },
  { value: "utc", label: "UTC" },
  { value: "own", label: "Task's" },
];

interface Props {
  view: ScheduleView;
  onView(change: Partial<ScheduleView>): void;
  source: string | undefined;
  onSource(source: string | undefined): void;
  /** Moves the axis by so many spans; 0 goes back to the present. */
  onStep(spans: number): void;
  /** What is shown, in words. */
  count: string;
}

/** The page's title with the choices of source, time span and time zone. */
export function ScheduleHeader({ view, onView, source, onSource, onStep, count }: Props) {
  return (
    <PageHeader
      title="Schedule"
      aside={
        <>
          <SourceSelect value={source} onChange={onSource} />
          <Segmented
            label="Time zone"
            options={ZONE}
            value={view.zone}
            onValueChange={(zone) => onView({ zone })}
          />
          <Segmented
            label="Time span"
            options={SPAN}
            value={view.span}
            onValueChange={(span) => onView({ span })}
          />
          <div className="flex items-center gap-1">
            <Button size="icon" aria-label="Earlier" title="Earlier (←)" onClick={() => onStep(-1)}>
              <ChevronLeft />
            </Button>
            <Button onClick={() => onStep(0)} disabled={view.at === null}>
              Now
            </Button>
            <Button size="icon" aria-label="Later" title="Later (→)" onClick={() => onStep(1)}>
              <ChevronRight />
            </Button>
          </div>
        </>
      }
    >
      <p role="status" className="text-muted tabular-nums">
        {count}
      </p>
    </PageHeader>
  );
}

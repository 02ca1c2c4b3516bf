"use client";

import { CalendarClock } from "lucide-react";
import dynamic from "next/dynamic";
import { type RefObject, useCallback, useMemo, useState } from "react";
import type { Tasks } from "../live/task-rows.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { Progress } from "../ui/progress.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { type Axis, axisOf, placeOf, zoneName } from "./axis.ts";
import { minutesAround } from "./axis-window.ts";
import { type Bar, barsWithStarts } from "./overview-bars.ts";
import { Overview } from "./overview.tsx";
import type { ScheduleView } from "./schedule-view.ts";
import { rowsOfCrowds, rowsOfTasks, type ScheduleGroup, type TimelineRow } from "./timeline-rows.ts";
import { Timeline } from "./timeline.tsx";
import { useStarts, type WorkedOut } from "./use-starts.ts";

const RowSheet = dynamic(
  loadAgain(() => import("./row-sheet.tsx").then((module) => module.RowSheet)),
  { ssr: false },
);
const BarSheet = dynamic(
  loadAgain(() => import("./bar-sheet.tsx").then((module) => module.BarSheet)),
  { ssr: false },
);

interface Props {
  grid: RefObject<HTMLDivElement | null>;
  tasks: Tasks | undefined;
  groups: readonly ScheduleGroup[];
  view: ScheduleView;
  /** The present, as a minute since the epoch; 0 until the page's script runs. */
  now: number;
  onView(change: Partial<ScheduleView>): void;
  onStep(spans: number): void;
}

/** The timeline with what it says while it loads and where it is empty, and the sheet of what was clicked. */
export function SchedulePicture({ grid, tasks, groups, view, now, onView, onStep }: Props) {
  const around = minutesAround(view.span, view.at ?? now);
  const { done, ...worked } = useStarts(groups, around.from, around.length);
  const axis = useAxis(view, now);
  const rows = useRows(worked, view, axis);
  const bars = useMemo(
    () => barsWithStarts(view.span, axis.window, worked.starts, axis.clock),
    [view.span, axis.window, axis.clock, worked.starts],
  );
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [openBar, setOpenBar] = useState<number | null>(null);
  const onOpen = useCallback((row: TimelineRow) => setOpenKey(row.key), []);
  if (!tasks?.complete || now === 0) return <Loading tasks={tasks} />;
  if (groups.length === 0) return <Nothing view={view} none={tasks.rows.length === 0} onView={onView} />;
  if (worked.groups.length === 0) return <Working done={done ?? 0} total={groups.length} />;
  const row = rows.find(({ key }) => key === openKey);
  const bar: Bar | undefined = bars.find(({ from }) => from === openBar);
  return (
    <>
      <div className="h-1.5 shrink-0">
        {done !== null && <Progress done={done} total={groups.length} label="Working out when tasks run" />}
      </div>
      {rows.length === 0 && <NothingTogether />}
      <Timeline
        grid={grid}
        rows={rows}
        starts={worked.starts}
        axis={axis}
        span={view.span}
        overview={
          <Overview
            bars={bars}
            zone={axis.zone === null ? browserZone() : null}
            present={placeOf(now, axis.clock, axis.window)}
            onOpen={({ from }) => setOpenBar(from)}
          />
        }
        onOpen={onOpen}
        onStep={onStep}
      />
      {row && <RowSheet row={row} {...worked} axis={axis} onClose={() => setOpenKey(null)} />}
      {bar && (
        <BarSheet
          bar={bar}
          {...worked}
          axis={axis}
          zone={zoneName(axis.zone ?? browserZone(), axis.clock(now))}
          onClose={() => setOpenBar(null)}
        />
      )}
    </>
  );
}

function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function useAxis(view: ScheduleView, now: number): Axis {
  return useMemo(() => axisOf(view, now, now === 0 ? "UTC" : browserZone()), [view, now]);
}

function useRows({ groups, starts }: WorkedOut, view: ScheduleView, axis: Axis): TimelineRow[] {
  const { layout, order } = view;
  return useMemo(() => {
    if (layout === "tasks") return rowsOfTasks(groups, starts, order, axis.now);
    const isShown = (minute: number) => {
      const place = placeOf(starts.from + minute, axis.clock, axis.window);
      return place >= 0 && place < 1;
    };
    return rowsOfCrowds(groups, starts, isShown);
  }, [groups, starts, layout, order, axis]);
}

function Loading({ tasks }: { tasks: Tasks | undefined }) {
  return (
    <div className="flex-1">
      <div className="px-4 sm:px-6">
        <Progress done={tasks?.rows.length ?? 0} total={tasks?.total ?? null} label="Loading the tasks" />
      </div>
      <SkeletonRows label="Loading the tasks" rows={10} />
    </div>
  );
}

function Working({ done, total }: { done: number; total: number }) {
  return (
    <div className="flex-1">
      <div className="px-4 sm:px-6">
        <Progress done={done} total={total} label="Working out when tasks run" />
      </div>
      <SkeletonRows label="Working out when tasks run" rows={10} />
    </div>
  );
}

function NothingTogether() {
  return (
    <p className="text-muted px-4 pb-3 sm:px-6">No two tasks start in the same minute of the time shown.</p>
  );
}

interface NothingProps {
  view: ScheduleView;
  /** True when there are no tasks at all. */
  none: boolean;
  onView(change: Partial<ScheduleView>): void;
}

function Nothing({ view, none, onView }: NothingProps) {
  const filtered = view.q !== "";
  return (
    <div className="flex-1">
      <EmptyState
        icon={CalendarClock}
        title={filtered ? "No task matches" : "Nothing is scheduled"}
        action={
          none ? undefined : filtered ? (
            <Button onClick={() => onView({ q: "" })}>Clear the search</Button>
          ) : (
            <Button onClick={() => onView({ resting: true })}>Show them</Button>
          )
        }
      >
        {none
          ? "There are no tasks yet."
          : filtered
            ? "Search looks in id, skill, description and cron expression."
            : "All tasks are paused, disabled or completed."}
      </EmptyState>
    </div>
  );
}

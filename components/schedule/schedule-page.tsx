"use client";

import { CalendarClock } from "lucide-react";
import { useMemo, useState } from "react";
import { useTasks } from "../live/use-tasks.ts";
import { useSourceParam } from "../shell/use-source.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { useNow } from "../ui/page-clock.ts";
import { Progress } from "../ui/progress.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Crowded } from "./crowded.tsx";
import { DayStrips } from "./day-strips.tsx";
import { HourSheet } from "./hour-sheet.tsx";
import { type Clock, crowded, type HourCell } from "./hours.ts";
import { ScheduleHeader } from "./schedule-header.tsx";
import { type ScheduleOptions, type Span, useHourCells } from "./use-hour-cells.ts";
import { WeekGrid } from "./week-grid.tsx";

interface OpenHour {
  hour: number;
  minute?: number;
}

/** A picture of when tasks run: how many in each hour, and which start in the same minute. */
export function SchedulePage() {
  const { data: tasks, error, isPending, refetch } = useTasks();
  const now = useNow();
  const [chosen, setChosen] = useState<Omit<ScheduleOptions, "source">>({
    span: "day",
    zone: "utc",
    includeResting: false,
  });
  const [source, setSource] = useSourceParam();
  const options: ScheduleOptions = { ...chosen, source };
  const [open, setOpen] = useState<OpenHour | null>(null);
  const { groups, table, done, filling, clock, minute, cells } = useHourCells(tasks, now, options);

  if (isPending || now === 0) return <SkeletonRows label="Loading tasks" rows={10} />;
  if (!tasks)
    return <ErrorState title="The tasks cannot be fetched" error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <ScheduleHeader options={options} onChange={setChosen} onSource={setSource} />
      <div className="flex flex-col gap-5 px-4 pb-8 sm:px-6">
        {!tasks.complete && (
          <Progress done={tasks.rows.length} total={tasks.total} label="Loading the tasks" />
        )}
        {filling && groups.length > 0 && (
          <Progress done={done} total={groups.length} label="Working out when tasks run" />
        )}
        {!tasks.complete ? null : groups.length === 0 ? (
          <EmptyState icon={CalendarClock} title="Nothing is scheduled">
            {tasks.rows.length === 0
              ? "There are no tasks yet."
              : "All tasks are paused, disabled or completed."}
          </EmptyState>
        ) : (
          <HoursPicture span={options.span} cells={cells} clock={clock} minute={minute} onOpen={setOpen} />
        )}
      </div>
      <HourSheet
        cell={open ? (cells.get(open.hour) ?? null) : null}
        first={open?.minute}
        table={table}
        zone={options.zone === "utc" ? "UTC" : "local time"}
        onClose={() => setOpen(null)}
      />
    </>
  );
}

interface PictureProps {
  span: Span;
  cells: ReadonlyMap<number, HourCell>;
  clock: Clock;
  /** The present minute. */
  minute: number;
  onOpen(hour: OpenHour): void;
}

/** The hours of a day or a week, beside the minutes in which most tasks start. */
function HoursPicture({ span, cells, clock, minute, onOpen }: PictureProps) {
  const most = useMemo(() => crowded(cells, 6), [cells]);
  const Hours = span === "day" ? DayStrips : WeekGrid;
  return (
    <div className="flex flex-col gap-5 xl:flex-row xl:items-start">
      <div className="min-w-0 flex-1">
        <Hours cells={cells} clock={clock} from={minute} onOpen={(hour) => onOpen({ hour })} />
      </div>
      <Crowded marks={most} clock={clock} cells={cells} onOpen={(hour, at) => onOpen({ hour, minute: at })} />
    </div>
  );
}

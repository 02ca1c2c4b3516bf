"use client";

import { CalendarClock } from "lucide-react";
import { useMemo, useState } from "react";
import type { ListedTask } from "../live/task-rows.ts";
import { useTasks } from "../live/use-tasks.ts";
import { SourceSelect, useSourceParam } from "../shell/use-source.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Progress } from "../ui/progress.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { useNow } from "../ui/page-clock.ts";
import { Crowded } from "./crowded.tsx";
import { DayStrips } from "./day-strips.tsx";
import { HourSheet } from "./hour-sheet.tsx";
import { byHour, crowded, localClock, utcClock } from "./hours.ts";
import { groupTasks } from "./timetable.ts";
import { useTimetable } from "./use-timetable.ts";
import { WeekGrid } from "./week-grid.tsx";

type Zone = "utc" | "local";
type Span = "day" | "week";
const SPANS: readonly { value: Span; label: string }[] = [
  { value: "day", label: "Next 24 hours" },
  { value: "week", label: "7 days" },
];
const ZONES: readonly { value: Zone; label: string }[] = [
  { value: "utc", label: "UTC" },
  { value: "local", label: "Local time" },
];
const NONE: readonly ListedTask[] = [];
const [HOUR, DAY] = [3_600_000, 24 * 60];

/** A picture of when tasks run: how many in each hour, and which start in the same minute. */
export function SchedulePage() {
  const { data: tasks, error, isPending, refetch } = useTasks();
  const now = useNow();
  const [span, setSpan] = useState<Span>("day");
  const [zone, setZone] = useState<Zone>("utc");
  const [includeResting, setIncludeResting] = useState(false);
  const [open, setOpen] = useState<{ hour: number; minute?: number } | null>(null);

  // Half a list would be worked out in vain, page after page.
  const [source, choose] = useSourceParam();
  const all = tasks?.complete === true ? tasks.rows : NONE;
  const rows = useMemo(
    () => (source === undefined ? all : all.filter(({ task }) => task.source === source)),
    [all, source],
  );
  const groups = useMemo(
    () =>
      groupTasks(
        rows.map((row) => row.task),
        includeResting,
      ),
    [rows, includeResting],
  );
  // Worked out from the full hour, so anew only once an hour.
  const from = Math.floor(now / HOUR) * HOUR;
  const { table, done, filling } = useTimetable(groups, from, from + 8 * 24 * HOUR);
  const clock = zone === "utc" ? utcClock : localClock;
  const minute = Math.floor(now / 60_000);
  const cells = useMemo(
    () => byHour(table, clock, minute, minute + (span === "day" ? DAY : 7 * DAY)),
    [table, clock, minute, span],
  );
  const most = useMemo(() => crowded(cells, 6), [cells]);

  if (isPending || now === 0) return <SkeletonRows label="Loading tasks" rows={10} />;
  if (!tasks)
    return <ErrorState title="The tasks cannot be fetched" error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        title="Schedule"
        aside={
          <>
            <SourceSelect value={source} onChange={choose} />
            <Segmented
              label="Time span"
              options={SPANS}
              value={span}
              onValueChange={(next) => setSpan(next)}
            />
            <Segmented
              label="Time zone"
              options={ZONES}
              value={zone}
              onValueChange={(next) => setZone(next)}
            />
          </>
        }
      >
        <label className="text-muted flex items-center gap-2 text-xs">
          <Checkbox
            checked={includeResting}
            onCheckedChange={setIncludeResting}
            label="Include paused, disabled and completed tasks"
          />
          <span aria-hidden>Include paused, disabled and completed</span>
        </label>
      </PageHeader>
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
          <div className="flex flex-col gap-5 xl:flex-row xl:items-start">
            <div className="min-w-0 flex-1">
              {span === "day" ? (
                <DayStrips cells={cells} clock={clock} from={minute} onOpen={(hour) => setOpen({ hour })} />
              ) : (
                <WeekGrid cells={cells} clock={clock} from={minute} onOpen={(hour) => setOpen({ hour })} />
              )}
            </div>
            <Crowded
              marks={most}
              clock={clock}
              cells={cells}
              onOpen={(hour, at) => setOpen({ hour, minute: at })}
            />
          </div>
        )}
      </div>
      <HourSheet
        cell={open ? (cells.get(open.hour) ?? null) : null}
        first={open?.minute}
        table={table}
        zone={zone === "utc" ? "UTC" : "local time"}
        onClose={() => setOpen(null)}
      />
    </>
  );
}

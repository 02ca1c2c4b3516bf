"use client";

import { useState } from "react";
import { schedulesAt, type Starts } from "../../lib/schedule/starts.ts";
import { plural } from "../shell/run-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import type { Axis } from "./axis.ts";
import { dayName, timeName } from "./axis-window.ts";
import type { Bar } from "./overview-bars.ts";
import { TaskLinks } from "./task-links.tsx";
import type { ScheduleGroup } from "./timeline-rows.ts";

const MINUTES = 30;
const TASKS = 20;

interface Props {
  bar: Bar;
  groups: readonly ScheduleGroup[];
  starts: Starts;
  axis: Axis;
  /** The zone whose clock the overview shows, in words. */
  zone: string;
  onClose(): void;
}

/** What starts in one stretch of time, minute by minute. */
export function BarSheet({ bar, groups, starts, axis, zone, onClose }: Props) {
  const [shown, setShown] = useState(MINUTES);
  const until = bar.from + bar.length - 1;
  const title =
    bar.length >= 24 * 60
      ? dayName(bar.from)
      : `${dayName(bar.from)}, ${timeName(bar.from)} to ${timeName(until)}`;
  const rest = bar.minutes.length - shown;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title}
      description={`${plural(bar.runs, "run")}, computed from the cron expressions; times in ${zone}`}
    >
      <ol className="flex flex-col gap-4">
        {bar.minutes.slice(0, shown).map((minute) => {
          const at = starts.from + minute;
          const count = starts.tasksAt[minute] ?? 0;
          return (
            <li key={minute}>
              <h3 className="mb-1 flex items-center gap-2 text-sm font-semibold tabular-nums">
                {timeName(at + axis.clock(at))}{" "}
                {count > 1 && <Badge tone="warn">{plural(count, "task")} together</Badge>}
              </h3>
              <TaskLinks
                tasks={schedulesAt(starts.minutes, minute).flatMap((i) => groups[i]?.rows ?? [])}
                most={TASKS}
              />
            </li>
          );
        })}
      </ol>
      {rest > 0 && (
        <Button className="mt-4" onClick={() => setShown(shown + MINUTES)}>
          Show later minutes: {rest.toLocaleString("en")} more
        </Button>
      )}
    </Sheet>
  );
}

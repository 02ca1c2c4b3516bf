"use client";

import { Link } from "../ui/link.tsx";
import { useEffect, useRef } from "react";
import { plural } from "../shell/run-words.ts";
import { taskHref } from "../shell/task-href.ts";
import { Badge } from "../ui/badge.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { dayName, type HourCell, type Mark, timeName } from "./hours.ts";
import type { Timetable } from "./timetable.ts";

const SHOWN = 100;

interface HourSheetProps {
  /** The hour to show; null when the sheet is closed. */
  cell: HourCell | null;
  /** The minute to scroll to. */
  first: number | undefined;
  table: Timetable;
  zone: string;
  onClose(): void;
}

/** What starts in one hour, minute by minute, each with a link to its task. */
export function HourSheet({ cell, first, table, zone, onClose }: HourSheetProps) {
  return (
    <Sheet
      open={cell !== null}
      onOpenChange={(open) => !open && onClose()}
      title={cell ? `${dayName(cell.hour)}, ${timeName(cell.hour)} to ${timeName(cell.hour, 59)}` : ""}
      description={cell ? `${plural(cell.runs, "run")}, ${zone}` : ""}
    >
      {cell && (
        <ol className="flex flex-col gap-4">
          {cell.marks.map((mark) => (
            <Minute
              key={mark.minute}
              hour={cell.hour}
              mark={mark}
              table={table}
              wanted={mark.minute === first}
            />
          ))}
        </ol>
      )}
    </Sheet>
  );
}

function Minute({
  hour,
  mark,
  table,
  wanted,
}: {
  hour: number;
  mark: Mark;
  table: Timetable;
  wanted: boolean;
}) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (wanted) item.current?.scrollIntoView({ block: "start" });
  }, [wanted]);
  const groups = table.get(mark.minute)?.groups ?? [];
  const tasks = groups.flatMap((group) =>
    group.tasks.map((task) => ({ ...task, cron: group.schedule_cron, timezone: group.timezone })),
  );
  return (
    <li ref={item}>
      <h3 className="mb-1 flex items-center gap-2 text-sm font-semibold tabular-nums">
        {timeName(hour, mark.at)}{" "}
        {mark.tasks > 1 && <Badge tone="warn">{plural(mark.tasks, "task")} at once</Badge>}
      </h3>
      <ul className="divide-y rounded-lg border">
        {tasks.slice(0, SHOWN).map((task) => (
          <li key={`${task.source}/${task.id}`}>
            <Link
              href={taskHref(task.id, task.source)}
              className="hover:bg-hover flex items-baseline gap-2 px-3 py-1.5 focus-visible:-outline-offset-2"
            >
              <span className="text-muted w-12 shrink-0 truncate font-mono text-xs">{task.id}</span>
              <span className="min-w-0 flex-1 truncate font-medium">{task.skill_name}</span>
              <span className="text-muted font-mono text-xs">{task.cron}</span>
              {task.timezone !== "UTC" && (
                <span className="text-muted hidden text-xs sm:inline">{task.timezone}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {tasks.length > SHOWN && (
        <p className="text-muted mt-1 text-xs">and {(tasks.length - SHOWN).toLocaleString("en")} more</p>
      )}
    </li>
  );
}

"use client";

import clsx from "clsx";
import { CircleCheck, CircleDashed, GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import type { TaskRow } from "../live/task-rows.ts";
import { Badge } from "../ui/badge.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Time } from "../ui/time.tsx";
import { cronInWords } from "./cron-words.ts";
import { STATUS_TONE, standingInWords, SYNC, whoInWords } from "./sync-words.ts";

/** Columns of the table on a wide screen; a phone shows a row as a card of two lines. */
export const COLUMNS =
  "md:grid md:items-center md:gap-3 md:grid-cols-[1rem_4rem_minmax(9rem,2fr)_minmax(9rem,1.7fr)_8rem_5.5rem_5.5rem] xl:grid-cols-[1rem_4.5rem_minmax(10rem,2fr)_minmax(10rem,1.7fr)_10rem_6rem_6rem_9rem]";

interface RowViewProps {
  row: TaskRow;
  id: string;
  index: number;
  selected: boolean;
  active: boolean;
  flashing: boolean;
  onSelect(key: string, selected: boolean, range: boolean): void;
  onOpen(row: TaskRow): void;
}

export const RowView = memo(function RowView({ row, id, index, selected, active, flashing, onSelect, onOpen }: RowViewProps) {
  const { task, standing, key } = row;
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-task={task.id}
      data-flashing={flashing || undefined}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest("[data-keep]")) onOpen(row);
      }}
      className={clsx(
        "group relative flex h-full cursor-pointer items-center gap-3 border-b px-4 sm:px-6",
        COLUMNS,
        selected ? "bg-accent-soft" : "hover:bg-hover",
        active && "shadow-[inset_2px_0_0_var(--accent)]",
        flashing && "animate-flash",
      )}
    >
      <div role="gridcell" data-keep className="flex items-center" onClick={(event) => onSelect(key, !selected, event.shiftKey)}>
        <Checkbox checked={selected} onCheckedChange={() => undefined} label={`Select task ${task.id}`} tabIndex={-1} />
      </div>
      <div role="gridcell" className="text-muted hidden truncate font-mono text-xs md:block">
        {task.id}
      </div>
      <div role="gridcell" className="min-w-0 flex-1">
        <button type="button" tabIndex={-1} onClick={() => onOpen(row)} data-keep className="block max-w-full truncate text-left font-medium hover:underline">
          {task.skill_name}
        </button>
        <p className="text-muted truncate text-xs">
          <span className="md:hidden">{cronInWords(task.schedule_cron) ?? task.schedule_cron}</span>
          <span className="hidden md:inline">{task.description}</span>
        </p>
      </div>
      <Schedule cron={task.schedule_cron} timezone={task.timezone} />
      <div role="gridcell" className="hidden min-w-0 md:block">
        <p className="truncate">
          <Time at={task.next_run_at} timezone={task.timezone} />
        </p>
        <p className="text-muted truncate text-xs">{task.next_run_at !== null && <Time at={task.next_run_at} timezone={task.timezone} show="short" />}</p>
      </div>
      <div role="gridcell">
        <Badge tone={STATUS_TONE[task.status] ?? "neutral"} dot>
          {task.status}
        </Badge>
      </div>
      <Standing standing={standing} />
      <div role="gridcell" className="text-muted hidden min-w-0 text-xs xl:block">
        <p className="truncate">
          <Time at={standing.changed_at} />
        </p>
        <p className="truncate" title={standing.changed_by ?? undefined}>
          by {whoInWords(standing.changed_by)}
        </p>
      </div>
    </div>
  );
});

function Schedule({ cron, timezone }: { cron: string; timezone: string }) {
  const words = cronInWords(cron);
  return (
    <div role="gridcell" className="hidden min-w-0 md:block" title={words ?? cron}>
      <p className="truncate">{words ?? "No words for this one"}</p>
      <p className="text-muted truncate font-mono text-xs">
        {cron} <span className="font-sans">{timezone}</span>
      </p>
    </div>
  );
}

const ICON = { synced: CircleCheck, pending: CircleDashed, conflict: GitCompareArrows } as const;

function Standing({ standing }: { standing: TaskRow["standing"] }) {
  const { text } = SYNC[standing.sync];
  const Icon = ICON[standing.sync];
  return (
    <div
      role="gridcell"
      title={standingInWords(standing)}
      className={clsx("flex items-center gap-1.5 text-xs font-medium", standing.sync === "synced" ? "text-ok-text" : "text-warn-text")}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      {standing.sync === "conflict" ? (
        <Link href="/conflicts" data-keep tabIndex={-1} className="sr-only hover:underline md:not-sr-only">
          {text}
        </Link>
      ) : (
        <span className="sr-only md:not-sr-only">{text}</span>
      )}
    </div>
  );
}

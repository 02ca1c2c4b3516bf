"use client";

import { createColumnHelper } from "@tanstack/react-table";
import type { ListedTask } from "../live/task-rows.ts";
import { Badge } from "../ui/badge.tsx";
import { Time } from "../ui/time.tsx";
import { cronInWords } from "./cron-words.ts";
import { NextRun, Schedule, State, Title } from "./row-cells.tsx";
import { STATUS_TONE, whoInWords } from "./sync-words.ts";
import type { TableRow, TaskFeatures } from "./task-features.ts";
import { type Sort, SORT_VALUES } from "./view.ts";

/** Widths on a wide screen; a phone shows a row as a card of two lines. */
export const WIDTHS = {
  one: "md:grid md:items-center md:gap-3 md:grid-cols-[1rem_4rem_minmax(9rem,2fr)_minmax(9rem,1.7fr)_8rem_5.5rem_5.5rem] xl:grid-cols-[1rem_4.5rem_minmax(10rem,2fr)_minmax(10rem,1.7fr)_10rem_6rem_6rem_9rem]",
  many: "md:grid md:items-center md:gap-3 md:grid-cols-[1rem_4rem_minmax(9rem,2fr)_minmax(9rem,1.7fr)_8rem_5.5rem_5.5rem] xl:grid-cols-[1rem_4.5rem_minmax(10rem,2fr)_8rem_minmax(10rem,1.7fr)_10rem_6rem_6rem_9rem]",
} as const;

const helper = createColumnHelper<TaskFeatures, ListedTask>();

/**
 * Smaller values first. Rows without a value come last in both orders; equal rows stay in the order of ids.
 */
function byValue(a: TableRow, b: TableRow, column: string): number {
  const [x, y] = [a.getValue<string | number>(column), b.getValue<string | number>(column)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A column that is sorted by its value; with `sortDescFirst` the first press sorts downwards. */
function sorted(
  id: Exclude<Sort, "id">,
  header: string,
  cell: (row: ListedTask) => React.ReactNode,
  meta: { className?: string; head?: string } = {},
  sortDescFirst = false,
) {
  return helper.accessor(SORT_VALUES[id], {
    id,
    header,
    cell: (info) => cell(info.row.original),
    meta,
    sortFn: byValue,
    sortUndefined: "last",
    sortDescFirst,
  });
}

const SELECT = helper.display({ id: "select" });
const ID = helper.accessor((row) => row.task.id, {
  id: "id",
  header: "Id",
  cell: (info) => info.getValue(),
  // The rows already come in the order of their ids.
  sortFn: (a, b) => a.index - b.index,
  sortDescFirst: false,
  meta: { className: "text-muted hidden truncate font-mono text-xs md:block" },
});
const SOURCE = sorted("source", "Source", ({ task }) => task.source, {
  className: "text-muted hidden truncate text-xs xl:block",
  head: "hidden xl:block",
});
const REST = [
  sorted(
    "schedule",
    "Schedule",
    ({ task }) => <Schedule cron={task.schedule_cron} timezone={task.timezone} />,
    { className: "hidden min-w-0 md:block" },
  ),
  sorted("next", "Next run", ({ task }) => <NextRun task={task} />, {
    className: "hidden min-w-0 md:block",
  }),
  sorted("status", "Status", ({ task }) => (
    <Badge tone={STATUS_TONE[task.status] ?? "neutral"} dot>
      {task.status}
    </Badge>
  )),
  sorted("sync", "State", (row) => <State row={row} />),
  sorted(
    "changed",
    "Changed",
    ({ standing }) => <Changed standing={standing} />,
    { className: "text-muted hidden min-w-0 text-xs xl:block", head: "hidden xl:block" },
    true,
  ),
];
const skill = (many: boolean) =>
  sorted(
    "skill",
    "Task",
    ({ task }) => (
      <Title
        name={task.skill_name}
        source={many ? task.source : null}
        narrow={cronInWords(task.schedule_cron) ?? task.schedule_cron}
        wide={task.description}
      />
    ),
    { className: "min-w-0 flex-1" },
  );

/** The columns for tasks of one source, and for tasks of several sources. */
export const COLUMNS = {
  one: helper.columns([SELECT, ID, skill(false), ...REST]),
  many: helper.columns([SELECT, ID, skill(true), SOURCE, ...REST]),
};

function Changed({ standing }: { standing: ListedTask["standing"] }) {
  return (
    <>
      <p className="truncate">
        <Time at={standing.changed_at} />
      </p>
      <p className="truncate" title={standing.changed_by ?? undefined}>
        by {whoInWords(standing.changed_by)}
      </p>
    </>
  );
}

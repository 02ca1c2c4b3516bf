"use client";

import { createColumnHelper } from "@tanstack/react-table";
import { useContext } from "react";
import type { ListedTask } from "../live/task-rows.ts";
import { SidesContext } from "../shell/use-side-names.ts";
import { Badge } from "../ui/badge.tsx";
import { Time } from "../ui/time.tsx";
import { COLUMN_SPECS } from "./columns.ts";
import { NextRun, Schedule, ScheduleWords, Source, State, Title } from "./row-cells.tsx";
import { STATUS_TONE, whoInWords } from "./sync-words.ts";
import type { TableRow, TaskFeatures } from "./task-features.ts";
import { type Sort, SORT_VALUES } from "./view.ts";

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
  cell: (row: ListedTask) => React.ReactNode,
  meta: { className?: string } = {},
  sortDescFirst = false,
) {
  return helper.accessor(SORT_VALUES[id], {
    id,
    header: COLUMN_SPECS[id].label,
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
  header: COLUMN_SPECS.id.label,
  cell: (info) => <span title={String(info.getValue())}>{info.getValue()}</span>,
  // The rows already come in the order of their ids.
  sortFn: (a, b) => a.index - b.index,
  sortDescFirst: false,
  meta: { className: "text-muted truncate font-mono text-xs" },
});
const SOURCE = sorted("source", ({ task }) => <Source id={task.source} />);
const REST = [
  sorted("schedule", ({ task }) => <Schedule cron={task.schedule_cron} timezone={task.timezone} />),
  sorted("next", ({ task }) => <NextRun task={task} />),
  sorted("status", ({ task }) => (
    <Badge tone={STATUS_TONE[task.status] ?? "neutral"} dot>
      {task.status}
    </Badge>
  )),
  sorted("sync", (row) => <State row={row} />),
  sorted("changed", (row) => <Changed {...row} />, { className: "text-muted text-xs" }, true),
];
const skill = (many: boolean) =>
  sorted("skill", ({ task }) => (
    <Title
      name={task.skill_name}
      source={many ? task.source : null}
      narrow={<ScheduleWords cron={task.schedule_cron} />}
      wide={task.description}
    />
  ));

/** The columns for tasks of one source, and for tasks of several sources. */
export const COLUMNS = {
  one: helper.columns([SELECT, ID, skill(false), ...REST]),
  many: helper.columns([SELECT, ID, skill(true), SOURCE, ...REST]),
};

function Changed({ task, standing }: ListedTask) {
  const side = useContext(SidesContext)(task.source).side;
  return (
    <>
      <p className="truncate">
        <Time at={standing.changed_at} />
      </p>
      <p
        className="truncate"
        title={standing.changed_by === "file" ? side : (standing.changed_by ?? undefined)}
      >
        by {whoInWords(standing.changed_by, side)}
      </p>
    </>
  );
}

"use client";

import {
  createColumnHelper,
  createSortedRowModel,
  metaHelper,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { Switch } from "../ui/switch.tsx";
import { InlineValue } from "./inline-value.tsx";
import { useSourceActions } from "./source-actions.tsx";
import { Actions, Contents, LastRun, Name, NextRun, Problems, StandingBadges } from "./source-cells.tsx";
import { standingOf } from "./source-words.ts";

export const sourceFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnMeta: metaHelper<{ className?: string }>(),
  tableMeta: metaHelper<{ auto: boolean }>(),
});
export type SourceFeatures = typeof sourceFeatures;

/** Column widths on a wide screen; on a narrow one a source is a card of a few lines. */
export const WIDTHS =
  "grid items-center gap-x-3 gap-y-1.5 max-sm:gap-x-2 max-lg:grid-cols-[4.75rem_minmax(5.5rem,1fr)_auto_2.25rem_3.5rem] max-lg:[grid-template-areas:'name_name_state_on_act'_'interval_last_next_problems_problems'] lg:grid-cols-[minmax(9rem,2fr)_6.5rem_2.25rem_6rem_6rem_5.5rem_5rem_3.5rem] xl:grid-cols-[minmax(9rem,2fr)_6.5rem_2.25rem_6rem_6rem_3.25rem_6rem_5.5rem_3.5rem_5rem_3.5rem]";

const WIDE = "hidden min-w-0 xl:block";
const helper = createColumnHelper<SourceFeatures, SourceJson>();

function column(
  id: string,
  header: string,
  value: (source: SourceJson) => string | number | undefined,
  cell: (source: SourceJson, auto: boolean) => ReactNode,
  className = "min-w-0",
) {
  return helper.accessor(value, {
    id,
    header,
    cell: ({ row, table }) => cell(row.original, table.options.meta?.auto ?? true),
    sortFn: (a, b) => {
      const [x, y] = [a.getValue<string | number>(id), b.getValue<string | number>(id)];
      return x < y ? -1 : x > y ? 1 : 0;
    },
    sortUndefined: "last",
    sortDescFirst: false,
    meta: { className },
  });
}

export const COLUMNS = helper.columns([
  column(
    "source",
    "Source",
    (source) => source.id,
    (source) => <Name source={source} />,
    "min-w-0 max-lg:[grid-area:name]",
  ),
  column(
    "state",
    "State",
    (source) => (source.stale ? 0 : 10) + standingOf(source).rank,
    (source) => <StandingBadges source={source} />,
    "min-w-0 max-lg:[grid-area:state]",
  ),
  column(
    "enabled",
    "On",
    (source) => Number(!source.settings.is_sync_enabled),
    (source) => <Enabled source={source} />,
    "flex items-center max-lg:[grid-area:on]",
  ),
  column(
    "interval",
    "Interval",
    (source) => source.settings.sync_interval_minutes,
    (source) => <InlineValue source={source} name="sync_interval_minutes" />,
    "min-w-0 max-lg:[grid-area:interval]",
  ),
  column(
    "stale",
    "Stale after",
    (source) => source.settings.staleness_threshold_minutes,
    (source) => <InlineValue source={source} name="staleness_threshold_minutes" />,
    WIDE,
  ),
  column(
    "priority",
    "Priority",
    (source) => source.settings.priority,
    (source) => <InlineValue source={source} name="priority" />,
    WIDE,
  ),
  column(
    "last",
    "Last run",
    (source) => source.last_run?.finished_at,
    (source) => <LastRun source={source} />,
    "min-w-0 max-lg:[grid-area:last]",
  ),
  column(
    "next",
    "Next run",
    (source) => source.next_run_at ?? undefined,
    (source, auto) => <NextRun source={source} auto={auto} />,
    "min-w-0 max-lg:min-w-16 max-lg:[grid-area:next]",
  ),
  column(
    "tasks",
    "Contents",
    (source) => source.tasks + source.objects,
    (source) => <Contents source={source} />,
    WIDE,
  ),
  column(
    "problems",
    "Problems",
    (source) => -(source.problems.length + source.conflicts),
    (source) => <Problems source={source} />,
    "min-w-0 max-lg:text-right max-lg:[grid-area:problems]",
  ),
  helper.display({
    id: "actions",
    header: "",
    cell: ({ row }) => <Actions source={row.original} />,
    meta: { className: "max-lg:[grid-area:act]" },
  }),
]);

function Enabled({ source }: { source: SourceJson }) {
  const { edit, editWhy } = useSourceActions();
  return (
    <Switch
      checked={source.settings.is_sync_enabled}
      onCheckedChange={(on) => void edit(source, { is_sync_enabled: on })}
      label={`${source.id} syncs by itself`}
      disabled={editWhy !== undefined || source.removed_at !== null}
      title={editWhy}
    />
  );
}

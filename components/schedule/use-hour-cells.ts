"use client";

import { useMemo } from "react";
import type { Tasks } from "../live/task-rows.ts";
import { byHour, localClock, utcClock } from "./hours.ts";
import { type Group, groupTasks } from "./timetable.ts";
import { useTimetable } from "./use-timetable.ts";

export type Zone = "utc" | "local";
export type Span = "day" | "week";

export interface ScheduleOptions {
  span: Span;
  zone: Zone;
  /** True when paused, disabled and completed tasks count too. */
  includeResting: boolean;
  /** All sources when undefined. */
  source: string | undefined;
}

const NO_GROUPS: readonly Group[] = [];
const [HOUR_MS, DAY_MINUTES] = [3_600_000, 24 * 60];

/**
 * The hours in which tasks start, counted from `now` (milliseconds), and how far working them out has
 * come.
 */
export function useHourCells(tasks: Tasks | undefined, now: number, options: ScheduleOptions) {
  const { span, zone, includeResting, source } = options;
  const groups = useMemo(() => {
    // While pages of the list still arrive, a timetable would be thrown away with each page.
    if (tasks?.complete !== true) return NO_GROUPS;
    const shown = source === undefined ? tasks.rows : tasks.rows.filter(({ task }) => task.source === source);
    return groupTasks(
      shown.map(({ task }) => task),
      includeResting,
    );
  }, [tasks, source, includeResting]);
  // The timetable starts at the full hour, so that it is worked out only once an hour.
  const from = Math.floor(now / HOUR_MS) * HOUR_MS;
  const { table, done, filling } = useTimetable(groups, from, from + 8 * 24 * HOUR_MS);
  const clock = zone === "utc" ? utcClock : localClock;
  const minute = Math.floor(now / 60_000);
  const cells = useMemo(
    () => byHour(table, clock, minute, minute + (span === "day" ? DAY_MINUTES : 7 * DAY_MINUTES)),
    [table, clock, minute, span],
  );
  return { groups, table, done, filling, clock, minute, cells };
}

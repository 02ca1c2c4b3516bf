import type { Starts } from "../../lib/schedule/starts.ts";
import { type Clock, zoneClock } from "../../lib/schedule/zone-clock.ts";
import { aheadName, type AxisWindow, minutesAround, windowAround } from "./axis-window.ts";
import type { ScheduleView } from "./schedule-view.ts";
import type { TimelineRow } from "./timeline-rows.ts";

/** What all rows of the timeline share: the stretch of time, whose clock it is, and the present. */
export interface Axis {
  window: AxisWindow;
  /** The zone of the axis; null where each row shows that of its own task. */
  zone: string | null;
  /** The clock by which a row is drawn. */
  clockOf(row: Pick<TimelineRow, "timezone" | "together">): Clock;
  /** The clock of the overview, and of rows with tasks of several zones. */
  clock: Clock;
  /** The present, as a minute since the epoch. */
  now: number;
}

/** The axis of a view at the minute `now`; `browser` is the browser's zone. */
export function axisOf({ span, zone, at }: ScheduleView, now: number, browser: string): Axis {
  const around = minutesAround(span, at ?? now);
  const clocks = new Map<string, Clock>();
  const clockFor = (timezone: string): Clock => {
    const known = clocks.get(timezone);
    if (known) return known;
    const clock = zoneClock(timezone, around.from, around.from + around.length);
    clocks.set(timezone, clock);
    return clock;
  };
  const clock = clockFor(zone === "utc" ? "UTC" : browser);
  return {
    window: windowAround(span, at ?? now, clock),
    zone: zone === "own" ? null : zone === "utc" ? "UTC" : browser,
    clockOf: (row) => (zone === "own" && !row.together ? clockFor(row.timezone) : clock),
    clock,
    now,
  };
}

/** `UTC`, `Europe/Berlin (GMT+1)`. */
export function zoneName(zone: string, ahead: number): string {
  return zone === "UTC" ? "UTC" : `${zone} (${aheadName(ahead)})`;
}

/** Where a minute since the epoch stands in the window, 0 to 1; outside of it less or more. */
export function placeOf(minute: number, clock: Clock, { from, length }: AxisWindow): number {
  return (minute + clock(minute) - from) / length;
}

/** The number of other tasks that start in a minute, counted from the first of `Starts`. */
export function othersAt(minute: number, { tasksAt }: Starts, mine: number): number {
  return Math.max(0, (tasksAt[minute] ?? 0) - mine);
}

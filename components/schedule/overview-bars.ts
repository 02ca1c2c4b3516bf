import type { Starts } from "../../lib/schedule/starts.ts";
import type { Clock } from "../../lib/schedule/zone-clock.ts";
import { barsOf, type AxisWindow } from "./axis-window.ts";
import type { Span } from "./schedule-view.ts";

/** A stretch of the overview, in minutes of the axis' clock, and what starts in it. */
export interface Bar {
  from: number;
  length: number;
  /** Number of task starts. */
  runs: number;
  /** The most tasks that start in one minute. */
  most: number;
  /** The minutes in which tasks start, counted from the first of `Starts`. */
  minutes: number[];
}

export function barsWithStarts(
  span: Span,
  window: AxisWindow,
  { from, tasksAt }: Pick<Starts, "from" | "tasksAt">,
  clock: Clock,
): Bar[] {
  const bars = barsOf(span, window).map((bar): Bar => ({ ...bar, runs: 0, most: 0, minutes: [] }));
  const each = bars[0]?.length ?? 1;
  for (const [minute, tasks] of tasksAt.entries()) {
    if (tasks === 0) continue;
    const bar = bars[Math.floor((from + minute + clock(from + minute) - window.from) / each)];
    if (!bar) continue;
    bar.runs += tasks;
    bar.most = Math.max(bar.most, tasks);
    bar.minutes.push(minute);
  }
  return bars;
}

/** 0 to 1. Few tasks stay visible beside thousands, because it grows with the square root. */
export function barHeight(tasks: number, most: number): number {
  return tasks === 0 ? 0 : 0.08 + 0.92 * Math.sqrt(tasks / Math.max(tasks, most));
}

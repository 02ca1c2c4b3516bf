import { firstFrom, type SharedSchedule, type Starts } from "../../lib/schedule/starts.ts";
import type { ListedTask } from "../live/task-rows.ts";
import type { Order } from "./schedule-view.ts";

/** Statuses of tasks that the program which runs them leaves alone. */
const RESTING: ReadonlySet<string> = new Set(["paused", "disabled", "completed"]);

export function isResting({ task }: ListedTask): boolean {
  return RESTING.has(task.status);
}

/** Tasks with the same cron expression and zone; they always start together. */
export interface ScheduleGroup extends SharedSchedule {
  rows: ListedTask[];
}

export interface TaskFilter {
  source: string | undefined;
  q: string;
  resting: boolean;
}

/** The tasks that pass the filter, by their schedules. */
export function groupBySchedule(
  rows: readonly ListedTask[],
  { source, q, resting }: TaskFilter,
): ScheduleGroup[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, ScheduleGroup>();
  for (const row of rows) {
    const { schedule_cron, timezone } = row.task;
    if (source !== undefined && row.task.source !== source) continue;
    if (!resting && isResting(row)) continue;
    if (!words.every((word) => row.text.includes(word))) continue;
    const key = `${timezone} ${schedule_cron}`;
    const group = groups.get(key) ?? { schedule_cron, timezone, count: 0, rows: [] };
    group.rows.push(row);
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A row of the timeline: one task, or tasks that start together. */
export interface TimelineRow {
  key: string;
  /** One task, or all that start together. */
  tasks: readonly ListedTask[];
  together: boolean;
  /** The zone of its task; UTC where there are several. */
  timezone: string;
  /** Its starts, in minutes counted from the first of `Starts`. */
  minutes: Uint16Array;
}

/** A row for each task, in the wanted order; `now` is a minute since the epoch. */
export function rowsOfTasks(
  groups: readonly ScheduleGroup[],
  { minutes, from }: Starts,
  order: Order,
  now: number,
): TimelineRow[] {
  const rank = groups.map((_, i) => {
    const mine = minutes[i] ?? new Uint16Array(0);
    return order === "often" ? -mine.length : (mine[firstFrom(mine, now - from)] ?? Infinity);
  });
  const sorted = groups.flatMap((group, i) =>
    group.rows.map((row) => ({ row, rank: rank[i] ?? 0, mine: minutes[i] ?? new Uint16Array(0) })),
  );
  sorted.sort(
    (a, b) =>
      // Two ranks of infinity have no difference.
      (order === "name" || a.rank === b.rank ? 0 : a.rank - b.rank) ||
      byName(a.row.task.skill_name, b.row.task.skill_name),
  );
  return sorted.map(({ row, mine }) => ({
    key: row.key,
    tasks: [row],
    together: false,
    timezone: row.task.timezone,
    minutes: mine,
  }));
}

/** A row for each group of tasks that start together within the window, the largest first. */
export function rowsOfCrowds(
  groups: readonly ScheduleGroup[],
  { together, minutes: all }: Starts,
  isShown: (minute: number) => boolean,
): TimelineRow[] {
  const often = (schedule: number) => all[schedule]?.length ?? 0;
  return together
    .filter(({ minutes }) => minutes.some(isShown))
    .map(({ schedules, minutes }) => ({
      key: `${schedules.join(",")} ${minutes[0]}`,
      // What starts seldom comes first, because it tells one crowd from the others.
      tasks: [...schedules].sort((a, b) => often(a) - often(b)).flatMap((i) => groups[i]?.rows ?? []),
      together: true,
      timezone: "UTC",
      minutes,
    }));
}

const collator = new Intl.Collator("en", { numeric: true });

function byName(a: string, b: string): number {
  return collator.compare(a, b);
}

/** `ledger-close`, `ledger-close and fx-rates`, `ledger-close, fx-rates and 12 more`. */
export function namesOf(tasks: readonly ListedTask[]): string {
  const [first, second, ...more] = tasks.map(({ task }) => task.skill_name);
  if (first === undefined || second === undefined) return first ?? "";
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`;
}

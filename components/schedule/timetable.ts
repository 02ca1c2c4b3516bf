import { Agenda, type Schedule } from "../../lib/schedule/agenda.ts";
import type { TaskStatus } from "../../lib/task/status.ts";

export interface ScheduledTask {
  id: string;
  source: string;
  skill_name: string;
  status: TaskStatus;
}

/** Tasks that fire at the same times. */
export interface Group extends Schedule {
  tasks: ScheduledTask[];
}

/** The groups that fire in one minute. */
export interface Firing {
  groups: Group[];
  /** Number of tasks in all groups. Counted once, because every draw reads a week of minutes. */
  tasks: number;
}

/** The firings, by minutes since the epoch. */
export type Timetable = ReadonlyMap<number, Firing>;

/** Statuses of tasks that the runner leaves alone. */
const RESTING: ReadonlySet<TaskStatus> = new Set(["paused", "disabled", "completed"]);

interface Row {
  id: number | string;
  source: string;
  skill_name: string;
  status: TaskStatus;
  schedule_cron: string;
  timezone: string;
}

export function groupTasks(rows: readonly Row[], includeResting: boolean): Group[] {
  const groups = new Map<string, Group>();
  for (const { id, source, skill_name, status, schedule_cron, timezone } of rows) {
    if (!includeResting && RESTING.has(status)) continue;
    const key = `${timezone} ${schedule_cron}`;
    const group = groups.get(key) ?? { schedule_cron, timezone, tasks: [] };
    group.tasks.push({ id: String(id), source, skill_name, status });
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Works out when all groups fire, from `from` up to `until` (milliseconds). Yields the number of groups
 * that are done after every few milliseconds of work. A schedule that cannot be read never fires.
 */
export function* fillTimetable(
  groups: readonly Group[],
  from: number,
  until: number,
): Generator<number, Timetable> {
  const agenda = new Agenda(from, until);
  const table = new Map<number, Firing>();
  for (const [done, group] of groups.entries()) {
    for (const minute of yield* minutesOf(agenda, group, done)) {
      const there = table.get(minute);
      if (there) {
        there.groups.push(group);
        there.tasks += group.tasks.length;
      } else table.set(minute, { groups: [group], tasks: group.tasks.length });
    }
    yield done + 1;
  }
  return table;
}

function* minutesOf(agenda: Agenda, group: Group, done: number): Generator<number, readonly number[]> {
  try {
    const steps = agenda.minutesOf(group);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      yield done;
    }
  } catch {
    return [];
  }
}

import { firstFrom, type Starts } from "../../lib/schedule/starts.ts";
import { overdueBy } from "../tasks/task-state.ts";
import { cronInWords } from "../tasks/cron-words.ts";
import { plural } from "../shell/run-words.ts";
import { durationInWords } from "../ui/format-time.ts";
import { type Axis, othersAt } from "./axis.ts";
import { dayName, timeName } from "./axis-window.ts";
import { isResting, namesOf, type TimelineRow } from "./timeline-rows.ts";

/** What a row says beside its picture. */
export interface RowWords {
  name: string;
  /** When it starts: the cron expression in words, or how many tasks start together how often. */
  note: string;
  /** The zone of its cron expression; null where the axis says it, or there are several. */
  zone: string | null;
  /** The next start, and with whom. */
  next: string;
  resting: boolean;
  /** Minutes since the epoch at which a run was due that nothing has reported. */
  overdue: readonly number[];
}

export function rowWords(row: TimelineRow, starts: Starts, axis: Axis): RowWords {
  const [first] = row.tasks;
  const resting = row.tasks.every(isResting);
  const overdue = (row.together ? [] : row.tasks)
    .filter(({ task }) => overdueBy(task, axis.now * 60_000) > 0)
    .map(({ task }) => Math.floor(Date.parse(task.next_run_at ?? "") / 60_000));
  const single = row.together ? undefined : first?.task;
  return {
    name: namesOf(row.tasks),
    note: single
      ? (cronInWords(single.schedule_cron) ?? single.schedule_cron)
      : crowdInWords(row, starts, axis),
    zone: single && single.timezone !== axis.zone ? single.timezone : null,
    next: nextInWords(row, starts, axis, resting),
    resting,
    overdue,
  };
}

/** `12 tasks, next Mon 23 Nov 09:00`. */
function crowdInWords(row: TimelineRow, starts: Starts, axis: Axis): string {
  const next = row.minutes[firstFrom(row.minutes, axis.now - starts.from)];
  const [word, minute] = next === undefined ? ["last", row.minutes.at(-1) ?? 0] : ["next", next];
  return `${plural(row.tasks.length, "task")}, ${word} ${whenInWords(starts.from + minute, axis, row)}`;
}

function nextInWords(row: TimelineRow, starts: Starts, axis: Axis, resting: boolean): string {
  if (resting) return `${row.tasks[0]?.task.status ?? "resting"}: no start is expected`;
  const next = row.minutes[firstFrom(row.minutes, axis.now - starts.from)];
  if (next === undefined) return "no start in the time shown";
  const others = row.together ? 0 : othersAt(next, starts, 1);
  const together = others === 0 ? "" : `, together with ${plural(others, "other task")}`;
  return `next ${whenInWords(starts.from + next, axis, row)}${together}`;
}

/** `Mon 23 Nov 09:00`, by the clock of the row. */
export function whenInWords(
  minute: number,
  axis: Axis,
  row: Pick<TimelineRow, "timezone" | "together">,
): string {
  const shown = minute + axis.clockOf(row)(minute);
  return `${dayName(shown)} ${timeName(shown)}`;
}

/** `was due 36 min ago` for the first run that nothing has reported. */
export function overdueInWords(overdue: readonly number[], now: number): string | null {
  if (overdue.length === 0) return null;
  const late = durationInWords((now - Math.min(...overdue)) * 60_000);
  return `was due ${late} ago, and nothing has reported it`;
}

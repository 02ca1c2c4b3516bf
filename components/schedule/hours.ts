import type { Timetable } from "./timetable.ts";

/** How far a zone's clocks are ahead of UTC at a minute since the epoch, in minutes. */
export type Clock = (minute: number) => number;
export const utcClock: Clock = () => 0;
export const localClock: Clock = (minute) => -new Date(minute * 60_000).getTimezoneOffset();

/** One minute in which tasks start. */
export interface Mark {
  /** Minutes since the epoch. */
  minute: number;
  /** The minute of the hour on the chosen clock, 0 to 59. */
  at: number;
  tasks: number;
}

/** One hour on the chosen clock. */
export interface HourCell {
  /** The date and hour to show, as hours since the epoch of the chosen clock (not of UTC). */
  hour: number;
  /** Number of task starts in the hour. */
  runs: number;
  /** Number of minutes in which more than one task starts. */
  collisions: number;
  marks: Mark[];
}

export function hourOf(minute: number, clock: Clock): number {
  return Math.floor((minute + clock(minute)) / 60);
}

/**
 * The task starts from the minute `from` up to `until`, by hours of `clock`. Hours without a start are left out.
 */
export function byHour(table: Timetable, clock: Clock, from: number, until: number): Map<number, HourCell> {
  const cells = new Map<number, HourCell>();
  const quarters = new Map<number, number>();
  for (const [minute, { tasks }] of table) {
    if (minute < from || minute >= until) continue;
    // Zones change their clocks only at a quarter of an hour, so one look-up per quarter is enough.
    const quarter = Math.floor(minute / 15);
    const ahead = quarters.get(quarter) ?? clock(minute);
    quarters.set(quarter, ahead);
    const hour = Math.floor((minute + ahead) / 60);
    const cell = cells.get(hour) ?? { hour, runs: 0, collisions: 0, marks: [] };
    cell.runs += tasks;
    if (tasks > 1) cell.collisions += 1;
    cell.marks.push({ minute, at: minute + ahead - hour * 60, tasks });
    cells.set(hour, cell);
  }
  for (const cell of cells.values()) cell.marks.sort((a, b) => a.minute - b.minute);
  return cells;
}

/**
 * The `count` minutes in which most tasks start, of those with more than one; equal minutes in order of
 * time.
 */
export function crowded(cells: ReadonlyMap<number, HourCell>, count: number): Mark[] {
  const marks = [...cells.values()].flatMap((cell) => cell.marks.filter((mark) => mark.tasks > 1));
  return marks.sort((a, b) => b.tasks - a.tasks || a.minute - b.minute).slice(0, count);
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** `Mon 23 Nov`. */
export function dayName(hour: number): string {
  const date = new Date(hour * 3_600_000);
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** The time of an hour, such as `09:00`, or of a minute in it. */
export function timeName(hour: number, minute = 0): string {
  return `${String(((hour % 24) + 24) % 24).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/**
 * 0 for no runs, else 1 to 4 on a logarithmic scale up to `most`, so that a few runs stay visible beside
 * thousands.
 */
export function density(runs: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (runs === 0) return 0;
  const share = Math.log1p(runs) / Math.log1p(Math.max(runs, most));
  return share > 0.85 ? 4 : share > 0.6 ? 3 : share > 0.35 ? 2 : 1;
}

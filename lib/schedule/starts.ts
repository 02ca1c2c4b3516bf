import { Agenda, type Schedule } from "./agenda.ts";

/** A schedule and how many tasks have it. */
export interface SharedSchedule extends Schedule {
  count: number;
}

/** Tasks that start together: at each of these minutes the same schedules start, and no others. */
export interface Together {
  /** The places of the schedules in the list that was given. */
  schedules: readonly number[];
  minutes: Uint16Array;
  tasks: number;
}

/** When schedules start, in minutes counted from `from`, which is a minute since the epoch. */
export interface Starts {
  from: number;
  length: number;
  /** For each schedule its minutes, in order. */
  minutes: readonly Uint16Array[];
  /** For each minute the number of tasks that start. */
  tasksAt: Uint32Array;
  /** The most crowded minutes, by what starts in them; the largest crowd first. */
  together: readonly Together[];
}

export const NO_STARTS: Starts = {
  from: 0,
  length: 0,
  minutes: [],
  tasksAt: new Uint32Array(0),
  together: [],
};

/** Minutes are kept in 16 bits, because ten thousand schedules have millions of them in a month. */
const MOST_MINUTES = 65_535;
/** How many crowds are kept. In a large fleet nearly each minute has one of its own. */
const MOST_CROWDS = 200;

/**
 * Works out when schedules start, from the minute `from` on for `length` minutes (at most 65 535). It yields the number
 * of schedules that are done after every few milliseconds of work. A schedule that cannot be read never starts.
 */
export function* workOutStarts(
  schedules: readonly SharedSchedule[],
  from: number,
  length: number,
): Generator<number, Starts> {
  if (length > MOST_MINUTES) throw new RangeError(`More than ${MOST_MINUTES} minutes: ${length}`);
  const agenda = new Agenda(from * 60_000, (from + length) * 60_000);
  const tasksAt = new Uint32Array(length);
  const crowds = new Crowds(length);
  const minutes: Uint16Array[] = [];
  for (const [i, schedule] of schedules.entries()) {
    const mine = Uint16Array.from(yield* minutesOf(agenda, schedule, i), (minute) => minute - from);
    for (const minute of mine) tasksAt[minute] = (tasksAt[minute] ?? 0) + schedule.count;
    crowds.add(i, mine);
    minutes.push(mine);
    yield i + 1;
  }
  const together: Together[] = [];
  for (const found of crowds.largest(tasksAt, MOST_CROWDS)) {
    const first = found[0] ?? 0;
    together.push({
      schedules: schedulesAt(minutes, first),
      minutes: Uint16Array.from(found),
      tasks: tasksAt[first] ?? 0,
    });
    yield schedules.length;
  }
  return { from, length, minutes, tasksAt, together };
}

function* minutesOf(agenda: Agenda, schedule: Schedule, done: number): Generator<number, readonly number[]> {
  try {
    const steps = agenda.minutesOf(schedule);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      yield done;
    }
  } catch {
    return [];
  }
}

/** Finds minutes in which the same schedules start, by a print of the set of schedules of each minute. */
class Crowds {
  private readonly prints: [Uint32Array, Uint32Array];

  constructor(length: number) {
    this.prints = [new Uint32Array(length), new Uint32Array(length)];
  }

  add(schedule: number, minutes: Uint16Array): void {
    const [a, b] = this.prints;
    const [x, y] = [scatter(2 * schedule + 1), scatter(2 * schedule + 2)];
    for (const minute of minutes) {
      a[minute] = (a[minute] ?? 0) ^ x;
      b[minute] = (b[minute] ?? 0) ^ y;
    }
  }

  largest(tasksAt: Uint32Array, count: number): number[][] {
    const [a, b] = this.prints;
    const sets = new Map<number, number[]>();
    for (let minute = 0; minute < tasksAt.length; minute += 1) {
      if ((tasksAt[minute] ?? 0) < 2) continue;
      // 53 bits, which is what a number holds exactly.
      const print = (a[minute] ?? 0) * 2 ** 21 + ((b[minute] ?? 0) >>> 11);
      const there = sets.get(print);
      if (there) there.push(minute);
      else sets.set(print, [minute]);
    }
    const size = ([first = 0]: readonly number[]) => tasksAt[first] ?? 0;
    return [...sets.values()].sort((one, other) => size(other) - size(one)).slice(0, count);
  }
}

/** Spreads a small number over 32 bits (the finaliser of MurmurHash3). */
function scatter(value: number): number {
  let bits = Math.imul(value, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** The schedules that start in a minute. */
export function schedulesAt(minutes: readonly Uint16Array[], minute: number): number[] {
  return [...minutes.keys()].filter((i) => {
    const mine = minutes[i];
    return mine !== undefined && mine[firstFrom(mine, minute)] === minute;
  });
}

/** The place of the first minute that is not before `minute`; the number of minutes when all are before it. */
export function firstFrom(minutes: Uint16Array, minute: number): number {
  let [low, high] = [0, minutes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((minutes[middle] ?? 0) < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}

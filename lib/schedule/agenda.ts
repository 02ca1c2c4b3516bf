import { Cron } from "croner";
import { type ZoneDay, zoneDays } from "./zone-days.ts";

export interface Schedule {
  schedule_cron: string;
  timezone: string;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

/**
 * Every minute (since the epoch) in which a schedule fires from `from` up to `until` (milliseconds), in
 * order. Asking croner for one time after the other takes 0.1 ms each, and a job of every minute has ten
 * thousand a week. So on a day with 24 regular hours the minutes are combined from what croner says about
 * each part of the expression. Anything else (years, nicknames, days on which the clocks change) is asked one
 * time after the other. It yields after some milliseconds of work.
 */
export class Agenda {
  private readonly fields = new Map<string, readonly number[]>();
  private readonly dates = new Map<string, boolean>();
  private readonly zones = new Map<string, ZoneDay[]>();

  constructor(
    private readonly from: number,
    private readonly until: number,
  ) {}

  *minutesOf({ schedule_cron, timezone }: Schedule): Generator<void, number[]> {
    const parts = schedule_cron.trim().split(/\s+/);
    // An expression of six parts begins with seconds, which do not change the minutes in which it fires.
    const [minute, hour, ...date] = parts.length === 6 ? parts.slice(1) : parts;
    const minutes: number[] = [];
    if (minute === undefined || hour === undefined || date.length !== 3) {
      yield* this.oneByOne(schedule_cron, timezone, this.from, this.until, minutes);
      return minutes;
    }
    for (const day of this.daysOf(timezone)) {
      if (!day.plain)
        yield* this.oneByOne(
          schedule_cron,
          timezone,
          Math.max(day.start, this.from),
          Math.min(day.end, this.until),
          minutes,
        );
      else if (this.firesOn(date.join(" "), day.date))
        this.put(day, this.hoursOf(hour), this.minutesOfHour(minute), minutes);
      yield;
    }
    return minutes;
  }

  private put(
    { start }: ZoneDay,
    hours: readonly number[],
    minutes: readonly number[],
    into: number[],
  ): void {
    for (const hour of hours) {
      for (const minute of minutes) {
        const at = start + hour * HOUR + minute * MINUTE;
        if (at >= this.from && at < this.until) into.push(at / MINUTE);
      }
    }
  }

  private *oneByOne(
    expression: string,
    timezone: string,
    from: number,
    until: number,
    into: number[],
  ): Generator<void, void> {
    const cron = new Cron(expression, { paused: true, timezone });
    // After each hit, the rest of its minute is skipped.
    for (let at = cron.nextRun(new Date(from - 1)); at && at.getTime() < until;) {
      const minute = Math.floor(at.getTime() / MINUTE);
      into.push(minute);
      at = cron.nextRun(new Date((minute + 1) * MINUTE - 1));
      yield;
    }
  }

  private daysOf(timezone: string): ZoneDay[] {
    const days = this.zones.get(timezone) ?? zoneDays(timezone, this.from, this.until);
    this.zones.set(timezone, days);
    return days;
  }

  private minutesOfHour(field: string): readonly number[] {
    return this.values(`${field} * * * *`, HOUR, MINUTE);
  }

  private hoursOf(field: string): readonly number[] {
    return this.values(`0 ${field} * * *`, 24 * HOUR, HOUR);
  }

  /** The multiples of `step` within `span` at which an expression fires, on a day without a clock change. */
  private values(expression: string, span: number, step: number): readonly number[] {
    // The key has the step, because `0 * * * *` is asked for its minutes by `0` and for its hours by `*`.
    const key = `${step} ${expression}`;
    const known = this.fields.get(key);
    if (known) return known;
    const cron = new Cron(expression, { paused: true, timezone: "UTC" });
    const found: number[] = [];
    for (let at = cron.nextRun(new Date(-1)); at && at.getTime() < span; at = cron.nextRun(at))
      found.push(at.getTime() / step);
    this.fields.set(key, found);
    return found;
  }

  private firesOn(date: string, day: number): boolean {
    const key = `${day} ${date}`;
    const known = this.dates.get(key);
    if (known !== undefined) return known;
    const fires =
      new Cron(`0 0 ${date}`, { paused: true, timezone: "UTC" }).nextRun(new Date(day - 1))?.getTime() ===
      day;
    this.dates.set(key, fires);
    return fires;
  }
}

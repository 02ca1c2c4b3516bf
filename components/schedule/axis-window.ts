import type { Clock } from "../../lib/schedule/zone-clock.ts";
import type { Span } from "./schedule-view.ts";

const HOUR = 60;
const DAY = 24 * HOUR;

/** The stretch of time on the axis, in minutes of the clock that the axis shows (not of UTC). */
export interface AxisWindow {
  from: number;
  length: number;
}

/** How long each span is, how much of it lies before the present, and how long one bar of its overview is. */
const SIZE: Record<Span, { length: number; back: number; bar: number }> = {
  day: { length: DAY, back: 6 * HOUR, bar: HOUR },
  week: { length: 7 * DAY, back: DAY, bar: 4 * HOUR },
  month: { length: 31 * DAY, back: 3 * DAY, bar: DAY },
};

/** Zones are at most this far from UTC, in minutes. */
const FAR = 14 * HOUR;

/**
 * The window around the minute `at`, so that some of the past and more of the time to come are in sight. A day begins at a
 * full hour, the others at midnight.
 */
export function windowAround(span: Span, at: number, clock: Clock): AxisWindow {
  const { length, back } = SIZE[span];
  const step = span === "day" ? HOUR : DAY;
  return { from: Math.floor((at + clock(at)) / step) * step - back, length };
}

/** The minutes since the epoch that the windows of all zones around `at` need. It changes once an hour. */
export function minutesAround(span: Span, at: number): { from: number; length: number } {
  const { length, back } = SIZE[span];
  const from = Math.floor(at / HOUR) * HOUR - back - DAY - FAR;
  return { from, length: back + DAY + FAR + length + 2 * FAR };
}

export function spanMinutes(span: Span): number {
  return SIZE[span].length;
}

/** The bars of the overview, as minutes of the axis' clock. */
export function barsOf(span: Span, { from, length }: AxisWindow): { from: number; length: number }[] {
  const { bar } = SIZE[span];
  return Array.from({ length: length / bar }, (_, i) => ({ from: from + i * bar, length: bar }));
}

export interface Tick {
  /** Where it stands, 0 to 1. */
  at: number;
  label: string;
  /** Midnight. */
  day: boolean;
}

/** The ticks of the axis; `wide` when there is room for many. */
export function ticksOf(span: Span, { from, length }: AxisWindow, wide: boolean): Tick[] {
  const step = span === "day" ? (wide ? 2 : 6) * HOUR : DAY;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / step) * step; at < from + length; at += step) {
    const day = at % DAY === 0;
    // The first tick names its month, since the months of the others follow from it.
    const label = span === "month" && wide ? dayOfMonth(at, ticks.length) : labelOf(span, at, wide);
    ticks.push({ at: (at - from) / length, label, day });
  }
  return ticks;
}

function labelOf(span: Span, at: number, wide: boolean): string {
  if (span === "day") return at % DAY === 0 ? dayName(at) : timeName(at);
  if (span === "week") return wide ? dayName(at) : shortDay(at);
  return new Date(at * 60_000).getUTCDay() === 1 ? dayAndMonth(at) : "";
}

/** The number of a day, at the beginning of a month or of the axis with its month, which takes the room of the day after it. */
function dayOfMonth(at: number, index: number): string {
  const day = new Date(at * 60_000).getUTCDate();
  if (day === 1 || index === 0) return dayAndMonth(at);
  return day === 2 || index === 1 ? "" : String(day);
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** `Mon 23 Nov`, of a minute of the axis' clock. */
export function dayName(minute: number): string {
  return `${WEEKDAYS[new Date(minute * 60_000).getUTCDay()]} ${dayAndMonth(minute)}`;
}

function shortDay(minute: number): string {
  const date = new Date(minute * 60_000);
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()}`;
}

function dayAndMonth(minute: number): string {
  const date = new Date(minute * 60_000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** `09:05`, of a minute of the axis' clock. */
export function timeName(minute: number): string {
  return new Date(minute * 60_000).toISOString().slice(11, 16);
}

/** `GMT+1`, `GMT−3:30`, `UTC`. */
export function aheadName(ahead: number): string {
  if (ahead === 0) return "UTC";
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
  return `GMT${ahead < 0 ? "−" : "+"}${hours}${minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`}`;
}

import { firstFrom, type Starts } from "../../lib/schedule/starts.ts";
import type { Clock } from "../../lib/schedule/zone-clock.ts";
import type { AxisWindow } from "./axis-window.ts";

/** What a row's track shows. Places are in pixels from its left end. */
export interface TrackPicture {
  /** Number of starts in the window. */
  count: number;
  /** Starts of which no other task starts in the same minute, and the others; SVG paths. */
  alone: string;
  together: string;
  /** In place of single starts where there are too many to tell apart. */
  bands: readonly Band[];
}

export interface Band {
  x: number;
  width: number;
  /** 1 to 4: how often the task starts there. */
  shade: number;
}

/** Starts that are nearer to one another than this, on average, are drawn as bands. */
const NEAR_PX = 5;
const CELL_PX = 6;
/** Zones are at most this far from UTC, in minutes. */
const FAR = 14 * 60;

/** The picture of starts in a window of the axis' clock, `width` pixels wide. */
export function trackPicture(
  minutes: Uint16Array,
  { from, tasksAt }: Pick<Starts, "from" | "tasksAt">,
  clock: Clock,
  window: AxisWindow,
  width: number,
): TrackPicture {
  const shown: { x: number; together: boolean }[] = [];
  const scale = width / window.length;
  for (let i = firstFrom(minutes, window.from - FAR - from); i < minutes.length; i += 1) {
    const minute = minutes[i] ?? 0;
    const place = from + minute + clock(from + minute) - window.from;
    if (place >= window.length + 2 * FAR) break;
    if (place >= 0 && place < window.length)
      shown.push({ x: place * scale, together: (tasksAt[minute] ?? 0) > 1 });
  }
  if (shown.length * NEAR_PX > width)
    return { count: shown.length, alone: "", together: "", bands: bandsOf(shown, scale, width) };
  const path = (together: boolean, top: number, bottom: number) =>
    shown
      .filter((each) => each.together === together)
      .map(({ x }) => `M${x.toFixed(1)} ${top}V${bottom}`)
      .join("");
  return { count: shown.length, alone: path(false, 8, 20), together: path(true, 3, 25), bands: [] };
}

function bandsOf(shown: readonly { x: number }[], scale: number, width: number): Band[] {
  const cells = new Map<number, number>();
  for (const { x } of shown) {
    const cell = Math.floor(x / CELL_PX);
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  const bands: Band[] = [];
  for (const [cell, count] of [...cells].sort(([a], [b]) => a - b)) {
    const [x, end] = [cell * CELL_PX, Math.min(width, (cell + 1) * CELL_PX)];
    const shade = shadeOf((count * scale) / (end - x));
    const last = bands.at(-1);
    if (last && last.shade === shade && last.x + last.width === x) last.width = end - last.x;
    else bands.push({ x, width: end - x, shade });
  }
  return bands;
}

/** The shade for starts in this share of all minutes. */
function shadeOf(share: number): number {
  return share > 0.5 ? 4 : share > 0.1 ? 3 : share > 0.03 ? 2 : 1;
}

/** The start nearest to a place in pixels, if one is within reach; in minutes counted from the first of `Starts`. */
export function startNear(
  x: number,
  minutes: Uint16Array,
  { from }: Pick<Starts, "from">,
  clock: Clock,
  window: AxisWindow,
  width: number,
): number | null {
  const wanted = window.from + (x / width) * window.length;
  const guess = wanted - clock(Math.round(wanted)) - from;
  const i = firstFrom(minutes, guess);
  const far = (minute: number | undefined) => (minute === undefined ? Infinity : Math.abs(minute - guess));
  const nearest = far(minutes[i - 1]) < far(minutes[i]) ? minutes[i - 1] : minutes[i];
  const REACH_PX = 8;
  return nearest !== undefined && far(nearest) * (width / window.length) <= REACH_PX ? nearest : null;
}

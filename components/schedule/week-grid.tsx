"use client";

import clsx from "clsx";
import { type KeyboardEvent, useRef, useState } from "react";
import { plural } from "../shell/run-words.ts";
import { type Clock, dayName, density, type HourCell, hourOf, timeName } from "./hours.ts";

interface WeekGridProps {
  cells: ReadonlyMap<number, HourCell>;
  clock: Clock;
  from: number;
  onOpen(hour: number): void;
}

const SHADE = ["bg-hover", "bg-accent/20", "bg-accent/45", "bg-accent/70", "bg-accent"] as const;
const DAYS = 8;

/**
 * A week of hours as a table; busy hours are darker, and an amber corner marks hours in which several
 * tasks start in one minute. Arrow keys move the focus from hour to hour.
 */
export function WeekGrid({ cells, clock, from, onOpen }: WeekGridProps) {
  const present = hourOf(from, clock);
  const midnight = Math.floor(present / 24) * 24;
  const end = hourOf(from + 7 * 24 * 60 - 1, clock);
  const { grid, at, setFocused, onKeyDown } = useFocusedHour(present, end);
  const most = Math.max(1, ...[...cells.values()].map((cell) => cell.runs));
  return (
    <section aria-label="Next 7 days" className="bg-surface overflow-x-auto rounded-lg border p-3">
      <table
        ref={grid}
        role="grid"
        aria-label="Runs by day and hour"
        onKeyDown={onKeyDown}
        className="w-full min-w-[41rem] table-fixed border-separate border-spacing-[3px] text-xs"
      >
        <HourHeads />
        <tbody>
          {Array.from({ length: DAYS }, (_, day) => midnight + day * 24)
            .filter((day) => day <= end)
            .map((day) => (
              <tr key={day}>
                <th scope="row" className="text-muted text-left font-normal whitespace-nowrap">
                  {dayName(day)}
                </th>
                {Array.from({ length: 24 }, (_, i) => day + i).map((hour) => (
                  <td key={hour} className="p-0">
                    {hour >= present && hour <= end && (
                      <Cell
                        hour={hour}
                        cell={cells.get(hour)}
                        most={most}
                        tabbable={hour === at}
                        onOpen={onOpen}
                        onFocus={setFocused}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
      <Legend />
    </section>
  );
}

/** The hour that has the keyboard's focus, within `first` to `last`, and the arrow keys that move it. */
function useFocusedHour(first: number, last: number) {
  const grid = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState(first);
  const at = Math.min(Math.max(focused, first), last);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -24, ArrowDown: 24 }[event.key];
    if (step === undefined || at + step < first || at + step > last) return;
    event.preventDefault();
    setFocused(at + step);
    grid.current?.querySelector<HTMLElement>(`[data-hour="${at + step}"]`)?.focus();
  };
  return { grid, at, setFocused, onKeyDown };
}

function HourHeads() {
  return (
    <thead>
      <tr>
        <th scope="col" className="w-20">
          <span className="sr-only">Day</span>
        </th>
        {Array.from({ length: 24 }, (_, hour) => (
          <th key={hour} scope="col" className="text-muted font-normal tabular-nums">
            {String(hour).padStart(2, "0")}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Legend() {
  return (
    <p aria-hidden className="text-muted mt-2 flex flex-wrap items-center gap-1.5 text-xs">
      fewer
      {SHADE.map((shade) => (
        <span key={shade} className={clsx("size-3 rounded-sm", shade)} />
      ))}
      more
      <span className="border-t-warn ml-3 size-0 border-t-8 border-l-8 border-l-transparent" /> several tasks
      in one minute
    </p>
  );
}

function Cell({
  hour,
  cell,
  most,
  tabbable,
  onOpen,
  onFocus,
}: {
  hour: number;
  cell: HourCell | undefined;
  most: number;
  tabbable: boolean;
  onOpen(hour: number): void;
  onFocus(hour: number): void;
}) {
  const collisions =
    cell && cell.collisions > 0 ? `, ${plural(cell.collisions, "minute")} with several tasks` : "";
  const label = `${dayName(hour)} ${timeName(hour)}: ${cell ? plural(cell.runs, "run") : "nothing"}${collisions}`;
  return (
    <button
      type="button"
      data-hour={hour}
      tabIndex={tabbable ? 0 : -1}
      aria-label={label}
      title={label}
      onFocus={() => onFocus(hour)}
      onClick={() => cell && onOpen(hour)}
      className={clsx(
        "relative block h-7 w-full overflow-hidden rounded-sm",
        SHADE[density(cell?.runs ?? 0, most)],
        cell && "hover:brightness-110",
      )}
    >
      {cell && cell.collisions > 0 && (
        <span className="border-t-warn absolute top-0 right-0 size-0 border-t-8 border-l-8 border-l-transparent" />
      )}
    </button>
  );
}

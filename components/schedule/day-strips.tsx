"use client";

import clsx from "clsx";
import { plural } from "../shell/run-words.ts";
import { type Clock, dayName, type HourCell, hourOf, timeName } from "./hours.ts";

interface DayStripsProps {
  cells: ReadonlyMap<number, HourCell>;
  clock: Clock;
  /** The present minute. */
  from: number;
  onOpen(hour: number): void;
}

/** One strip of sixty minutes for each of the next hours, with a mark where tasks start. */
export function DayStrips({ cells, clock, from, onOpen }: DayStripsProps) {
  const first = hourOf(from, clock);
  const hours = Array.from({ length: 25 }, (_, i) => first + i);
  const most = Math.max(1, ...[...cells.values()].flatMap((cell) => cell.marks.map((mark) => mark.tasks)));
  return (
    <section aria-label="Next 24 hours" className="bg-surface rounded-lg border px-3 py-2">
      <div
        aria-hidden
        className="text-muted ml-14 flex justify-between pr-10 sm:pr-16 text-[11px] tabular-nums"
      >
        {[":00", ":15", ":30", ":45", ":60"].map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <ol>
        {hours.map((hour, i) => (
          <li key={hour}>
            {(i === 0 || hour % 24 === 0) && (
              <p className="text-muted pt-1.5 text-xs font-semibold">{dayName(hour)}</p>
            )}
            <Strip
              hour={hour}
              cell={cells.get(hour)}
              most={most}
              nowAt={i === 0 ? (from + clock(from)) % 60 : null}
              onOpen={onOpen}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Strip({
  hour,
  cell,
  most,
  nowAt,
  onOpen,
}: {
  hour: number;
  cell: HourCell | undefined;
  most: number;
  nowAt: number | null;
  onOpen(hour: number): void;
}) {
  const line = (
    <>
      <span className="w-14 shrink-0 text-left text-xs tabular-nums">{timeName(hour)}</span>
      <span className="bg-hover relative h-4 min-w-0 flex-1 overflow-hidden rounded-sm">
        {nowAt !== null && (
          <span className="bg-border absolute inset-y-0 left-0" style={{ width: `${(nowAt / 60) * 100}%` }} />
        )}
        {cell?.marks.map((mark) => (
          <span
            key={mark.minute}
            title={`${timeName(hour, mark.at)}: ${plural(mark.tasks, "task")}`}
            className={clsx("absolute bottom-0 rounded-[1px]", mark.tasks > 1 ? "bg-warn" : "bg-accent")}
            style={{
              left: `${(mark.at / 60) * 100}%`,
              width: "calc(100% / 60)",
              minWidth: 3,
              height: `${30 + 70 * (Math.log1p(mark.tasks) / Math.log1p(most))}%`,
            }}
          />
        ))}
      </span>
      <span
        className={clsx(
          "w-10 shrink-0 text-right sm:w-16 text-xs tabular-nums",
          cell ? (cell.collisions > 0 ? "text-warn-text font-medium" : "") : "text-muted",
        )}
      >
        {cell ? cell.runs.toLocaleString("en") : "–"}
      </span>
    </>
  );
  const look = "flex h-7 w-full items-center rounded px-1 -mx-1";
  if (!cell) return <div className={look}>{line}</div>;
  const label = `${dayName(hour)} ${timeName(hour)}: ${plural(cell.runs, "run")}${cell.collisions > 0 ? `, ${plural(cell.collisions, "minute")} with several tasks` : ""}`;
  return (
    <button
      type="button"
      aria-label={label}
      className={clsx(look, "hover:bg-hover")}
      onClick={() => onOpen(hour)}
    >
      {line}
    </button>
  );
}

"use client";

import { Layers } from "lucide-react";
import { plural } from "../shell/run-words.ts";
import { type Clock, dayName, type HourCell, hourOf, type Mark, timeName } from "./hours.ts";

interface CrowdedProps {
  marks: readonly Mark[];
  cells: ReadonlyMap<number, HourCell>;
  clock: Clock;
  onOpen(hour: number, minute: number): void;
}

/** The minutes in which most tasks start at once. */
export function Crowded({ marks, cells, clock, onOpen }: CrowdedProps) {
  const runs = [...cells.values()].reduce((sum, cell) => sum + cell.runs, 0);
  const collisions = [...cells.values()].reduce((sum, cell) => sum + cell.collisions, 0);
  return (
    <section aria-labelledby="crowded" className="bg-surface rounded-lg border px-4 py-3 xl:w-72">
      <h2 id="crowded" className="flex items-center gap-2 font-semibold">
        <Layers className="size-4" aria-hidden /> At the same time
      </h2>
      <p className="text-muted mt-1 text-xs">
        {runs.toLocaleString("en")} {runs === 1 ? "run" : "runs"};{" "}
        {collisions === 0
          ? "no two tasks start in the same minute"
          : `in ${collisions.toLocaleString("en")} ${collisions === 1 ? "minute" : "minutes"} several tasks start together`}
        .
      </p>
      {marks.length > 0 && (
        <ol className="mt-2 flex flex-col">
          {marks.map((mark) => {
            const hour = hourOf(mark.minute, clock);
            return (
              <li key={mark.minute}>
                <button
                  type="button"
                  className="hover:bg-hover -mx-2 flex w-[calc(100%+1rem)] items-center justify-between gap-3 rounded-md px-2 py-1.5 text-left"
                  onClick={() => onOpen(hour, mark.minute)}
                >
                  <span className="tabular-nums">
                    {dayName(hour)} {timeName(hour, mark.at)}
                  </span>
                  <span className="text-warn-text text-xs font-medium tabular-nums">
                    {plural(mark.tasks, "task")}
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

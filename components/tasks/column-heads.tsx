"use client";

import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Checkbox } from "../ui/checkbox.tsx";
import { COLUMNS } from "./row-view.tsx";
import type { Sort, View } from "./view.ts";

const HEADS: readonly { sort: Sort; name: string; className?: string }[] = [
  { sort: "id", name: "Id" },
  { sort: "skill", name: "Task" },
  { sort: "schedule", name: "Schedule" },
  { sort: "next", name: "Next run" },
  { sort: "status", name: "Status" },
  { sort: "sync", name: "Sync" },
  { sort: "changed", name: "Changed", className: "hidden xl:block" },
];

interface Props {
  view: View;
  onView(change: Partial<View>): void;
  selected: boolean | "indeterminate";
  onSelectAll(selected: boolean): void;
}

/** A first click sorts upwards, but for what changed: there the newest matter. */
export function ColumnHeads({ view, onView, selected, onSelectAll }: Props) {
  return (
    <div role="rowgroup" className="bg-background sticky top-0 z-10 hidden border-b md:block">
      <div role="row" aria-rowindex={1} className={clsx("h-9 px-4 text-xs sm:px-6", COLUMNS)}>
        <div role="columnheader" className="flex items-center">
          <Checkbox checked={selected} onCheckedChange={onSelectAll} label="Select all tasks shown" />
        </div>
        {HEADS.map(({ sort, name, className }) => {
          const here = view.sort === sort;
          const Arrow = view.descending ? ArrowDown : ArrowUp;
          return (
            <div key={sort} role="columnheader" aria-sort={here ? (view.descending ? "descending" : "ascending") : "none"} className={className}>
              <button
                type="button"
                onClick={() => onView(here ? { descending: !view.descending } : { sort, descending: sort === "changed" })}
                className={clsx("hover:text-text flex items-center gap-1 font-medium", here ? "text-text" : "text-muted")}
              >
                {name}
                {here && <Arrow className="size-3" aria-hidden />}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}

"use client";

import { useMemo } from "react";
import { MenuCheckItem, MenuLabel } from "../ui/dropdown-menu.tsx";
import { type FilterMenuProps, filterOptions } from "./filter-options.ts";

/** The most values that a menu lists; the search finds the others. */
const MOST_VALUES = 60;

/** The values of a filter. They are counted when the menu opens, because counting them at every key of a search would slow it down. */
export function FilterValues({ name, view, onView, rows, facts, moreHint }: FilterMenuProps) {
  const options = useMemo(() => filterOptions(name, rows, view, facts), [name, rows, view, facts]);
  const chosen: readonly string[] = view[name];
  return (
    <>
      {options.slice(0, MOST_VALUES).map(({ value, label, count }) => (
        <MenuCheckItem
          key={value}
          checked={chosen.includes(value)}
          onCheckedChange={(on) =>
            onView({ [name]: on ? [...chosen, value] : chosen.filter((each) => each !== value) })
          }
        >
          <span className="max-w-64 truncate" title={label}>
            {label}
          </span>
          <span className="text-muted ml-auto pl-4 text-xs tabular-nums">{count.toLocaleString("en")}</span>
        </MenuCheckItem>
      ))}
      {options.length > MOST_VALUES && (
        <MenuLabel>
          {options.length - MOST_VALUES} more: {moreHint}
        </MenuLabel>
      )}
    </>
  );
}

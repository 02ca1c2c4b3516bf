"use client";

import { ListFilter } from "lucide-react";
import { useMemo } from "react";
import type { ListedTask } from "../live/task-rows.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuCheckItem, MenuLabel } from "../ui/dropdown-menu.tsx";
import { type FilterName, filterOptions } from "./filter-options.ts";
import type { StateFacts } from "./task-state.ts";
import type { View } from "./view.ts";

/** The most values that a menu lists; the search finds the others. */
const MOST_VALUES = 60;

interface Props {
  name: FilterName;
  label: string;
  view: View;
  onView(change: Partial<View>): void;
  rows: readonly ListedTask[];
  facts: StateFacts;
  /** How to choose values beyond those that the menu lists. */
  moreHint?: string;
}

/** A menu of values. The list shows tasks that have any of the chosen values. */
export function FilterMenu(props: Props) {
  const { length } = props.view[props.name];
  return (
    <DropdownMenu
      align="start"
      trigger={
        <Button className={length > 0 ? "!border-accent !text-accent-text" : ""}>
          <ListFilter aria-hidden /> {props.label}
          {length > 0 && <span className="tabular-nums">: {length}</span>}
        </Button>
      }
    >
      <Values {...props} />
    </DropdownMenu>
  );
}

/** They are counted when the menu opens, because counting them at every key of a search would slow it down. */
function Values({ name, view, onView, rows, facts, moreHint }: Props) {
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

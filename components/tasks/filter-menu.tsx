"use client";

import { ListFilter } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "../ui/button.tsx";
import { DropdownMenu } from "../ui/dropdown-menu.tsx";
import { loadAgain } from "../ui/load-again.ts";
import type { FilterMenuProps } from "./filter-options.ts";

// The menus of views and columns load it in advance, so that the first menu opens at once.
const FilterValues = dynamic(
  loadAgain(() => import("./filter-values.tsx").then((module) => module.FilterValues)),
  { ssr: false },
);

/** A menu of values. The list shows tasks that have any of the chosen values. */
export function FilterMenu(props: FilterMenuProps) {
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
      <FilterValues {...props} />
    </DropdownMenu>
  );
}

"use client";

import { ListFilter } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { Button } from "../ui/button.tsx";
import { DropdownMenu } from "../ui/dropdown-menu.tsx";
import { loadAgain } from "../ui/load-again.ts";
import type { FilterMenuProps } from "./filter-options.ts";
import { useLater } from "./use-later.ts";

const load = loadAgain(() => import("./filter-values.tsx").then((module) => module.FilterValues));
const FilterValues = dynamic(load, { ssr: false });

/** A menu of values. The list shows tasks that have any of the chosen values. */
export function FilterMenu(props: FilterMenuProps) {
  const { length } = props.view[props.name];
  const later = useLater();
  // So that the first menu opens at once.
  useEffect(() => {
    if (later) void load();
  }, [later]);
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

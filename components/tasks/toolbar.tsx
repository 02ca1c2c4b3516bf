"use client";

import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import type { ListedTask } from "../live/task-rows.ts";
import { Button } from "../ui/button.tsx";
import { SearchBar } from "../ui/search-bar.tsx";
import { FilterMenu } from "./filter-menu.tsx";
import type { StateFacts } from "./task-state.ts";
import { isFiltered, NO_FILTERS, type View } from "./view.ts";

interface Props {
  view: View;
  onView(change: Partial<View>): void;
  rows: readonly ListedTask[];
  facts: StateFacts;
  /** Whether there are several sources. */
  many: boolean;
  search: RefObject<HTMLInputElement | null>;
  /** Called for Enter or arrow down in the search field, to move the focus to the results. */
  onLeaveSearch(): void;
  /** What stands at the other end. */
  children: ReactNode;
}

/** The search field and the filters above the task list. */
export function Toolbar({ search, onLeaveSearch, many, children, ...filter }: Props) {
  const { view, onView } = filter;
  return (
    <SearchBar
      view={view}
      onView={onView}
      search={search}
      onLeaveSearch={onLeaveSearch}
      label="Search tasks"
      placeholder="Search tasks"
    >
      <FilterMenu {...filter} name="statuses" label="Status" />
      <FilterMenu {...filter} name="skills" label="Skill" moreHint="type them in the search" />
      <FilterMenu {...filter} name="states" label="State" />
      {many && <FilterMenu {...filter} name="sources" label="Source" moreHint="choose them under Sources" />}
      {isFiltered(view) && (
        <Button look="ghost" onClick={() => onView(NO_FILTERS)}>
          <X aria-hidden /> Clear
        </Button>
      )}
      <div className="flex items-center gap-2 sm:ml-auto">{children}</div>
    </SearchBar>
  );
}

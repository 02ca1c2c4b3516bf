"use client";

import type { RefObject } from "react";
import { Checkbox } from "../ui/checkbox.tsx";
import { SearchBar } from "../ui/search-bar.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Select } from "../ui/select.tsx";
import type { Layout, Order, ScheduleView } from "./schedule-view.ts";

const LAYOUT: readonly { value: Layout; label: string }[] = [
  { value: "tasks", label: "By task" },
  { value: "together", label: "Start together" },
];
const ORDER: readonly { value: Order; label: string }[] = [
  { value: "next", label: "Next start first" },
  { value: "name", label: "By name" },
  { value: "often", label: "Most starts first" },
];

interface Props {
  view: ScheduleView;
  onView(change: Partial<ScheduleView>): void;
  search: RefObject<HTMLInputElement | null>;
  onLeaveSearch(): void;
}

/** Search, what a row is, and the order of the rows. */
export function ScheduleToolbar({ view, onView, search, onLeaveSearch }: Props) {
  return (
    <SearchBar
      view={view}
      onView={onView}
      search={search}
      onLeaveSearch={onLeaveSearch}
      label="Search tasks"
      placeholder="Search tasks"
    >
      <Segmented
        label="Rows"
        options={LAYOUT}
        value={view.layout}
        onValueChange={(layout) => onView({ layout })}
      />
      {view.layout === "tasks" && (
        <Select
          label="Order"
          options={ORDER}
          value={view.order}
          onValueChange={(order) => onView({ order })}
        />
      )}
      <label className="text-muted flex items-center gap-2 text-xs">
        <Checkbox
          checked={view.resting}
          onCheckedChange={(resting) => onView({ resting })}
          label="Include paused, disabled and completed tasks"
        />
        <span aria-hidden>Include paused, disabled and completed</span>
      </label>
    </SearchBar>
  );
}

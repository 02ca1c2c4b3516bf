import type { ComponentProps, ReactNode } from "react";
import { SearchField } from "./search-field.tsx";

interface SearchBarProps extends Omit<
  ComponentProps<typeof SearchField>,
  "text" | "onText" | "field" | "onLeave"
> {
  view: { q: string };
  onView(change: { q: string }): void;
  search: ComponentProps<typeof SearchField>["field"];
  onLeaveSearch(): void;
  /** What stands beside the search. */
  children: ReactNode;
}

/** The line above a list: its search field, and beside it what narrows or orders the list. */
export function SearchBar({ view, onView, search, onLeaveSearch, children, ...field }: SearchBarProps) {
  return (
    <div role="search" className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <SearchField
        text={view.q}
        onText={(q) => onView({ q })}
        field={search}
        onLeave={onLeaveSearch}
        {...field}
      />
      {children}
    </div>
  );
}

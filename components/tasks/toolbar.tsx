"use client";

import { ListFilter, X } from "lucide-react";
import { type RefObject, useMemo } from "react";
import { TASK_STATUSES } from "../../lib/task/status.ts";
import type { ListedTask } from "../live/task-rows.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuCheckItem, MenuLabel } from "../ui/dropdown-menu.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { STATE_WORDS, type StateFacts, stateOf, TASK_STATES } from "./task-state.ts";
import { isFiltered, type View } from "./view.ts";

/** The most values that a menu lists; the search finds the others. */
const MOST_VALUES = 60;

interface Props {
  view: View;
  onView(change: Partial<View>): void;
  rows: readonly ListedTask[];
  facts: StateFacts;
  search: RefObject<HTMLInputElement | null>;
  /** Called for Enter or arrow down in the search field, to move the focus to the results. */
  onLeaveSearch(): void;
}

/** The search field and the filters above the task list. */
export function Toolbar({ view, onView, rows, facts, search, onLeaveSearch }: Props) {
  const skills = useMemo(() => counted(rows, ({ task }) => task.skill_name), [rows]);
  const sources = useMemo(() => counted(rows, ({ task }) => task.source), [rows]);
  const statuses = useMemo(() => counts(rows, ({ task }) => task.status), [rows]);
  const states = useMemo(() => counts(rows, (row) => stateOf(row, facts)), [rows, facts]);
  return (
    <div role="search" className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <SearchField
        text={view.q}
        onText={(q) => onView({ q })}
        field={search}
        onLeave={onLeaveSearch}
        label="Search tasks"
        placeholder="Search tasks"
      />
      <Filter
        name="Status"
        options={TASK_STATUSES.map((value) => ({ value, label: value, count: statuses.get(value) ?? 0 }))}
        chosen={view.statuses}
        onChoose={(statuses) => onView({ statuses })}
      />
      <Filter
        name="Skill"
        options={skills}
        chosen={view.skills}
        onChoose={(chosen) => onView({ skills: chosen })}
        moreHint="type them in the search"
      />
      <Filter
        name="State"
        options={TASK_STATES.map((value) => ({
          value,
          label: STATE_WORDS[value].text,
          count: states.get(value) ?? 0,
        }))}
        chosen={view.states}
        onChoose={(chosen) => onView({ states: chosen })}
      />
      {sources.length > 1 && (
        <Filter
          name="Source"
          options={sources}
          chosen={view.sources}
          onChoose={(chosen) => onView({ sources: chosen })}
          moreHint="choose them under Sources"
        />
      )}
      {isFiltered(view) && (
        <Button
          look="ghost"
          onClick={() => onView({ q: "", statuses: [], skills: [], states: [], sources: [] })}
        >
          <X aria-hidden /> Clear
        </Button>
      )}
    </div>
  );
}

interface FilterOption<Value extends string> {
  value: Value;
  label: string;
  /** The number of tasks that have the value; undefined when it is not shown. */
  count?: number;
}

interface FilterProps<Value extends string> {
  name: string;
  options: readonly FilterOption<Value>[];
  chosen: readonly Value[];
  onChoose(chosen: Value[]): void;
  /** How to choose values beyond those that the menu lists. */
  moreHint?: string;
}

/** A menu of values. The list shows tasks that have any of the chosen values. */
function Filter<Value extends string>({ name, options, chosen, onChoose, moreHint }: FilterProps<Value>) {
  return (
    <DropdownMenu
      align="start"
      trigger={
        <Button className={chosen.length > 0 ? "!border-accent !text-accent-text" : ""}>
          <ListFilter aria-hidden /> {name}
          {chosen.length > 0 && <span className="tabular-nums">: {chosen.length}</span>}
        </Button>
      }
    >
      {options.slice(0, MOST_VALUES).map(({ value, label, count }) => (
        <MenuCheckItem
          key={value}
          checked={chosen.includes(value)}
          onCheckedChange={(on) =>
            onChoose(on ? [...chosen, value] : chosen.filter((each) => each !== value))
          }
        >
          {count === undefined ? label : <span className="max-w-64 truncate">{label}</span>}
          {count !== undefined && (
            <span className="text-muted ml-auto pl-4 text-xs tabular-nums">{count}</span>
          )}
        </MenuCheckItem>
      ))}
      {options.length > MOST_VALUES && (
        <MenuLabel>
          {options.length - MOST_VALUES} more: {moreHint}
        </MenuLabel>
      )}
    </DropdownMenu>
  );
}

/** The number of tasks that have each value. */
function counts<Value>(
  rows: readonly ListedTask[],
  valueOf: (row: ListedTask) => Value,
): ReadonlyMap<Value, number> {
  const found = new Map<Value, number>();
  for (const row of rows) found.set(valueOf(row), (found.get(valueOf(row)) ?? 0) + 1);
  return found;
}

/** The values with the number of tasks that have each, the most frequent first. */
function counted(rows: readonly ListedTask[], valueOf: (row: ListedTask) => string): FilterOption<string>[] {
  return [...counts(rows, valueOf)]
    .map(([value, count]) => ({ value, label: value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

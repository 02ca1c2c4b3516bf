import { TASK_STATUSES } from "../../lib/task/status.ts";
import type { ListedTask } from "../live/task-rows.ts";
import { STATE_WORDS, type StateFacts, stateOf, TASK_STATES } from "./task-state.ts";
import { filterRows, type View } from "./view.ts";

export type FilterName = "statuses" | "skills" | "states" | "sources";

export interface FilterOption {
  value: string;
  label: string;
  /** The number of tasks that have the value and pass the search and the other filters. */
  count: number;
}

/** A filter of the list and what it needs to be shown. */
export interface FilterMenuProps {
  name: FilterName;
  label: string;
  view: View;
  onView(change: Partial<View>): void;
  rows: readonly ListedTask[];
  facts: StateFacts;
  /** How to choose values beyond those that the menu lists. */
  moreHint?: string;
}

const valueOf: Record<FilterName, (row: ListedTask, facts: StateFacts) => string> = {
  statuses: ({ task }) => task.status,
  skills: ({ task }) => task.skill_name,
  states: stateOf,
  sources: ({ task }) => task.source,
};

/** The values of a filter, with how many tasks choosing each would show. Skills and sources come with the most frequent first. */
export function filterOptions(
  name: FilterName,
  rows: readonly ListedTask[],
  view: View,
  facts: StateFacts,
): FilterOption[] {
  const counts = new Map<string, number>();
  for (const row of filterRows(rows, { ...view, [name]: [] }, facts)) {
    const value = valueOf[name](row, facts);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const option = (value: string, label = value) => ({ value, label, count: counts.get(value) ?? 0 });
  if (name === "statuses") return TASK_STATUSES.map((value) => option(value));
  if (name === "states") return TASK_STATES.map((value) => option(value, STATE_WORDS[value].text));
  // What was chosen before stays in the menu, so that it can be taken back.
  for (const chosen of view[name]) if (!counts.has(chosen)) counts.set(chosen, 0);
  return [...counts.keys()]
    .map((value) => option(value))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

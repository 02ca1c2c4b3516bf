import { TASK_STATUSES, type TaskStatus } from "../../lib/task/status.ts";
import type { ListedTask } from "../live/task-rows.ts";
import { type Columns, columnsFrom, columnsText } from "./columns.ts";
import { type StateFacts, stateOf, TASK_STATES, type TaskState } from "./task-state.ts";

export const SORTS = ["id", "skill", "source", "schedule", "next", "status", "sync", "changed"] as const;
export type Sort = (typeof SORTS)[number];

/** The search, filters, order and columns of the task list; the address keeps them. */
export interface View {
  q: string;
  statuses: readonly TaskStatus[];
  skills: readonly string[];
  states: readonly TaskState[];
  sources: readonly string[];
  sort: Sort;
  descending: boolean;
  /** Null when the address names none. */
  columns: Columns;
}

export const NO_FILTERS = { q: "", statuses: [], skills: [], states: [], sources: [] } as const;
export const EVERYTHING: View = { ...NO_FILTERS, sort: "id", descending: false, columns: null };

/** What addresses said for some states before there were more of them. */
const EARLIER: Partial<Record<string, readonly TaskState[]>> = {
  synced: ["in_step", "overdue", "paused"],
  pending: ["held", "waiting"],
};

/**
 * Reads a view from the address. Unknown values are ignored, because people type addresses and keep old
 * links.
 */
export function viewFrom(search: URLSearchParams): View {
  const sort = search.get("sort") ?? "id";
  const name = sort.replace(/^-/, "");
  return {
    q: search.get("q") ?? "",
    statuses: TASK_STATUSES.filter((status) => list(search, "status").includes(status)),
    skills: search.getAll("skill").filter((skill) => skill !== ""),
    states: TASK_STATES.filter((state) =>
      list(search, "sync").some((given) => given === state || EARLIER[given]?.includes(state)),
    ),
    // The parameter `source`, without s, belongs to the task in the panel.
    sources: list(search, "sources").filter((source) => source !== ""),
    sort: SORTS.find((each) => each === name) ?? "id",
    descending: sort.startsWith("-"),
    columns: columnsFrom(search.get("columns")),
  };
}

function list(search: URLSearchParams, name: string): string[] {
  return search.getAll(name).flatMap((part) => part.split(","));
}

/** The parameters with the view written into them; parameters that are not the view's stay. */
export function withView(search: URLSearchParams, view: View): URLSearchParams {
  const result = new URLSearchParams(search);
  for (const name of ["q", "status", "skill", "sync", "sources", "sort", "columns"]) result.delete(name);
  if (view.q !== "") result.set("q", view.q);
  if (view.statuses.length > 0) result.set("status", view.statuses.join(","));
  for (const skill of view.skills) result.append("skill", skill);
  if (view.states.length > 0) result.set("sync", view.states.join(","));
  if (view.sources.length > 0) result.set("sources", view.sources.join(","));
  if (view.sort !== "id" || view.descending) result.set("sort", `${view.descending ? "-" : ""}${view.sort}`);
  if (view.columns !== null) result.set("columns", columnsText(view.columns));
  return result;
}

export function isFiltered({ q, statuses, skills, states, sources }: View): boolean {
  return q.trim() !== "" || statuses.length + skills.length + states.length + sources.length > 0;
}

/** The rows that pass the filters and contain every word of the search. */
export function filterRows(
  rows: readonly ListedTask[],
  view: View,
  facts: StateFacts,
): readonly ListedTask[] {
  if (!isFiltered(view)) return rows;
  const words = view.q.toLowerCase().split(/\s+/).filter(Boolean);
  const [status, skill, state, source] = [
    new Set<string>(view.statuses),
    new Set(view.skills),
    new Set(view.states),
    new Set(view.sources),
  ];
  return rows.filter(
    (row) =>
      (status.size === 0 || status.has(row.task.status)) &&
      (skill.size === 0 || skill.has(row.task.skill_name)) &&
      (state.size === 0 || state.has(stateOf(row, facts))) &&
      (source.size === 0 || source.has(row.task.source)) &&
      words.every((word) => row.text.includes(word)),
  );
}

const RANK = { conflict: 0, pending: 2, synced: 3 } as const;

/**
 * The value by which a row is sorted; undefined when the task has none. `id` is missing here, because the
 * rows already come in the order of their ids.
 */
export const SORT_VALUES: Record<Exclude<Sort, "id">, (row: ListedTask) => string | number | undefined> = {
  skill: (row) => row.task.skill_name.toLowerCase(),
  source: (row) => row.task.source,
  schedule: (row) => row.task.schedule_cron,
  next: (row) => row.task.next_run_at ?? undefined,
  status: (row) => row.task.status,
  sync: ({ standing: { sync, reason } }) => (sync === "pending" && reason === "held" ? 1 : RANK[sync]),
  changed: (row) => row.standing.changed_at ?? undefined,
};

/** Integers first, by value; then slugs, as text. */
export function inOrderOfIds(rows: readonly ListedTask[]): readonly ListedTask[] {
  return [...rows].sort(compareIds);
}

function compareIds(a: ListedTask, b: ListedTask): number {
  const [x, y] = [a.task.id, b.task.id];
  if (typeof x === "number" && typeof y === "number")
    return x - y || compareText(a.task.source, b.task.source);
  if (typeof x !== typeof y) return typeof x === "number" ? -1 : 1;
  return compareText(String(x), String(y)) || compareText(a.task.source, b.task.source);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

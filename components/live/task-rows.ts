import { equalJson } from "../../lib/json.ts";
import type { TaskJson, TaskListJson, TaskStanding } from "../../lib/protocol/task.ts";

/**
 * A task in the browser's list. Unchanged rows keep their identity, so that only changed rows are drawn
 * again.
 */
export interface ListedTask {
  /** A key that is unique over all sources. */
  key: string;
  task: TaskJson;
  standing: TaskStanding;
  /** The text that the search compares, in lower case. */
  text: string;
}

/** The list of all tasks; while it loads, the tasks that have arrived so far. */
export interface Tasks {
  rows: readonly ListedTask[];
  total: number;
  complete: boolean;
}

export function rowKey(source: string, id: number | string): string {
  return `${source}/${id}`;
}

export function toRow(task: TaskJson, standing: TaskStanding): ListedTask {
  const text =
    `${task.id}\n${task.skill_name}\n${task.description ?? ""}\n${task.schedule_cron}`.toLowerCase();
  return { key: rowKey(task.source, task.id), task, standing, text };
}

/** The rows of a page. A row that did not change is the same object as in `known`. */
export function rowsOf(page: TaskListJson, known: ReadonlyMap<string, ListedTask>): ListedTask[] {
  return page.tasks.map((task, i) => {
    const row = toRow(task, page.standing[i] ?? UNKNOWN);
    const before = known.get(row.key);
    return before && sameRow(before, row) ? before : row;
  });
}

const UNKNOWN: TaskStanding = { sync: "pending", reason: null, changed_at: null, changed_by: null };

function sameRow(a: ListedTask, b: ListedTask): boolean {
  const { sync, reason, changed_at, changed_by } = a.standing;
  return (
    sync === b.standing.sync &&
    reason === b.standing.reason &&
    changed_at === b.standing.changed_at &&
    changed_by === b.standing.changed_by &&
    equalJson(a.task, b.task)
  );
}

export function byKey(rows: readonly ListedTask[]): Map<string, ListedTask> {
  return new Map(rows.map((row) => [row.key, row]));
}

/** Puts the fetched rows in, and removes rows that were asked for and no longer exist. */
export function mergeRows(tasks: Tasks, asked: readonly string[], fetched: readonly ListedTask[]): Tasks {
  const fresh = byKey(fetched);
  const gone = new Set(asked.filter((key) => !fresh.has(key)));
  const rows: ListedTask[] = [];
  for (const row of tasks.rows) {
    if (gone.has(row.key)) continue;
    rows.push(fresh.get(row.key) ?? row);
    fresh.delete(row.key);
  }
  rows.push(...fresh.values());
  return { ...tasks, rows, total: tasks.total + rows.length - tasks.rows.length };
}

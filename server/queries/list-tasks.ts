import type { ListTasksQuery, TaskSort } from "../../lib/protocol/query.ts";
import type { TaskListJson } from "../../lib/protocol/task.ts";
import { isTimeKey } from "../../lib/task/fields.ts";
import { countTasks, type TaskOrder, type TaskPosition, tasksAfter } from "../store/read/tasks.ts";
import { cursorTime, cutPage, openCursor } from "./cursor.ts";

/**
 * A page of tasks. An unchanged row is neither skipped nor repeated when other rows are inserted or deleted
 * meanwhile.
 */
export async function listTasks(query: ListTasksQuery): Promise<TaskListJson> {
  const { limit, sort, cursor, ...filter } = query;
  const descending = sort.startsWith("-");
  const order: TaskOrder = { by: sort.replace(/^-/, "") as TaskSort, descending };
  const list = `tasks:${sort}`;
  const after = cursor === undefined ? null : position(list, order.by, cursor);
  const [rows, total] = await Promise.all([tasksAfter(filter, order, after, limit + 1), countTasks(filter)]);
  const placeOf = ({ position: { value, id, source } }: (typeof rows)[number]) => [value, id, source];
  const { page, next_cursor } = cutPage(rows, limit, list, placeOf);
  return {
    tasks: page.map((row) => row.task),
    standing: page.map((row) => row.standing),
    total,
    next_cursor,
  };
}

function position(list: string, by: TaskSort, cursor: string): TaskPosition {
  const [value = null, id, source] = openCursor(list, 3, cursor);
  return { value: isTimeKey(by) ? cursorTime(value) : value, id: id ?? "", source: source ?? "" };
}

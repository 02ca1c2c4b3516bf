import { addKeys, isMap, type JsonMap } from "../../lib/json.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { idFromText } from "../../lib/task/id.ts";
import { type ColumnReaders, type ContentRow, readFields } from "./content-columns.ts";

export interface ShownRow extends ContentRow {
  source: string;
  id: string;
  id_type: string | null;
  updated_at: Date | number | null;
}

/** `infinity` is no time that JSON can hold. */
const SHOWN: ColumnReaders = {
  time: (value) => (value instanceof Date ? value.toISOString() : null),
  map: (text) => JSON.parse(text) as JsonMap,
};

/** A row as the API shows it, valid or not: everybody who may use SQL can write one that is no valid task. */
export function shownTask(row: ShownRow): TaskJson {
  const task: JsonMap = { id: idFromText(row.id, row.id_type) };
  readFields(row, SHOWN, task);
  task["updated_at"] = row.updated_at === null ? null : SHOWN.time(row.updated_at);
  const extra = SHOWN.map(row.extra);
  if (isMap(extra)) addKeys(task, extra);
  task["source"] = row.source;
  return task as TaskJson;
}

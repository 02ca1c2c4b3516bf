import type { QueryClient } from "@tanstack/react-query";
import type { JsonMap } from "../../lib/json.ts";
import { taskEtag } from "../../lib/protocol/etag.ts";
import type { EditSync, TaskJson, TaskStanding } from "../../lib/protocol/task.ts";
import { call } from "../live/api.ts";
import { mergeRows, rowKey, type ListedTask, type Tasks, toRow } from "../live/task-rows.ts";
import { TASKS_KEY } from "../live/task-updates.ts";
import { noteOwnEdit } from "./own-edits.ts";

export interface EditAnswer {
  task: TaskJson;
  sync: EditSync;
}

/**
 * Replaces the task's content. The change shows at once, and is taken back when the server refuses it.
 * @throws {ApiError} `precondition_failed` when the task has changed since `base`.
 */
export async function putTask(client: QueryClient, base: TaskJson, content: JsonMap): Promise<EditAnswer> {
  return optimistic(
    client,
    base,
    { ...content, source: base.source, updated_at: base.updated_at } as TaskJson,
    () => call("PUT /api/tasks/:id", { ...given(base), body: content }),
  );
}

export async function createTask(
  client: QueryClient,
  content: JsonMap,
  source?: string,
): Promise<EditAnswer> {
  const answer = await call("POST /api/tasks", { query: { source }, body: content });
  show(client, answer.task, answer.sync);
  return answer;
}

/** The part of a request that names the task, and the state of it that the person saw. */
function given(task: TaskJson, wait?: "false") {
  return {
    params: { id: String(task.id) },
    query: { source: task.source, wait },
    headers: { "If-Match": taskEtag(task) },
  };
}

async function optimistic(
  client: QueryClient,
  before: TaskJson,
  after: TaskJson | null,
  send: () => Promise<EditAnswer>,
): Promise<EditAnswer> {
  const key = rowKey(before.source, before.id);
  noteOwnEdit(key);
  const known = client.getQueryData<Tasks>(TASKS_KEY)?.rows.find((row) => row.key === key);
  put(client, key, after && toRow(after, { ...(known?.standing ?? NEW), sync: "pending", reason: null }));
  try {
    const answer = await send();
    noteOwnEdit(key);
    if (after) show(client, answer.task, answer.sync);
    return answer;
  } catch (error) {
    put(client, key, known ?? null);
    // The task's present state may be neither the old nor the wanted one, so it is fetched.
    void client.invalidateQueries({ queryKey: TASKS_KEY });
    throw error;
  }
}

const NEW: TaskStanding = { sync: "pending", reason: null, changed_at: null, changed_by: null };

function show(client: QueryClient, task: TaskJson, { state }: EditSync): void {
  const key = rowKey(task.source, task.id);
  noteOwnEdit(key);
  const known = client.getQueryData<Tasks>(TASKS_KEY)?.rows.find((row) => row.key === key);
  put(client, key, toRow(task, { ...(known?.standing ?? NEW), sync: state }));
}

function put(client: QueryClient, key: string, row: ListedTask | null): void {
  client.setQueryData<Tasks>(TASKS_KEY, (now) => now && mergeRows(now, [key], row ? [row] : []));
}

import type { QueryClient } from "@tanstack/react-query";
import { taskEtag } from "../../lib/protocol/etag.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { type BulkKind, STATUS_OF_BULK } from "../../lib/task/bulk-kinds.ts";
import { call } from "../live/api.ts";
import { byKey, mergeRows, rowKey, type Tasks, toRow } from "../live/task-rows.ts";
import { TASKS_KEY } from "../live/task-updates.ts";
import { noteOwnEdit } from "../tasks/own-edits.ts";
import { follow } from "./followed.ts";
import { bulkKey } from "./use-bulk.ts";

/** ETags that are computed in one go; between two the page answers to the person. */
const SLICE = 200;

/** Starts the action with one request, and shows its result at once. @throws {ApiError} */
export async function startBulk(
  client: QueryClient,
  action: BulkKind,
  tasks: readonly TaskJson[],
): Promise<void> {
  const body = { action, tasks: await named(tasks) };
  const { bulk_action } = await call("POST /api/bulk-actions", { body });
  client.setQueryData(bulkKey(bulk_action.id), bulk_action);
  show(client, action, tasks);
  follow(bulk_action.id);
}

/** The tasks as they were seen, so that the server leaves out what others changed since. */
async function named(tasks: readonly TaskJson[]) {
  const result: { id: number | string; source: string; etag: string }[] = [];
  for (let at = 0; at < tasks.length; at += SLICE) {
    if (at > 0) await new Promise((resolve) => setTimeout(resolve));
    for (const task of tasks.slice(at, at + SLICE))
      result.push({ id: task.id, source: task.source, etag: taskEtag(task).replaceAll('"', "") });
  }
  return result;
}

function show(client: QueryClient, action: BulkKind, tasks: readonly TaskJson[]): void {
  const status = STATUS_OF_BULK[action];
  client.setQueryData<Tasks>(TASKS_KEY, (now) => {
    if (!now) return now;
    const known = byKey(now.rows);
    const keys = tasks.map((task) => rowKey(task.source, task.id));
    for (const key of keys) noteOwnEdit(key);
    if (status === null) return mergeRows(now, keys, []);
    const rows = keys.flatMap((key) => known.get(key) ?? []);
    return mergeRows(
      now,
      keys,
      rows.map(({ task, standing }) =>
        toRow({ ...task, status }, { ...standing, sync: "pending", reason: null }),
      ),
    );
  });
}

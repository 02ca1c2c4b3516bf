"use client";

import { type QueryClient, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { TaskListJson } from "../../lib/protocol/task.ts";
import { api } from "./api.ts";
import { byKey, rowsOf, type ListedTask, type Tasks } from "./task-rows.ts";
import { TASKS_KEY } from "./task-updates.ts";

/** All tasks, page after page: the first ones show while the rest arrive. Kept right by events. */
export function useTasks(first?: TaskListJson): UseQueryResult<Tasks> {
  const client = useQueryClient();
  return useQuery({
    queryKey: TASKS_KEY,
    queryFn: ({ signal }) => loadAll(client, signal),
    // Rows keep their identity by `rowsOf`; comparing ten thousand anew each time would cost frames.
    structuralSharing: false,
    ...(first === undefined
      ? {}
      : {
          initialData: () => firstPage(first),
          ...(first.next_cursor === null ? {} : { initialDataUpdatedAt: 0 }),
        }),
  });
}

function firstPage(page: TaskListJson): Tasks {
  return { rows: rowsOf(page, new Map()), total: page.total, complete: page.next_cursor === null };
}

async function loadAll(client: QueryClient, signal: AbortSignal): Promise<Tasks> {
  const shown = client.getQueryData<Tasks>(TASKS_KEY);
  const known = byKey(shown?.rows ?? []);
  const rows: ListedTask[] = [];
  let cursor: string | null = null;
  for (;;) {
    const after: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: TaskListJson = await api<TaskListJson>("GET", `/api/tasks?limit=500${after}`);
    signal.throwIfAborted();
    rows.push(...rowsOf(page, known));
    cursor = page.next_cursor;
    if (cursor === null) return { rows, total: page.total, complete: true };
    // A first load shows what there is; a later one keeps the whole list in sight until the new one is whole.
    if (shown?.complete !== true)
      client.setQueryData<Tasks>(TASKS_KEY, { rows: [...rows], total: page.total, complete: false });
  }
}

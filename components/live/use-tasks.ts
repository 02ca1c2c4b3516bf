"use client";

import { type QueryClient, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { TaskListJson } from "../../lib/protocol/task.ts";
import { call } from "./api.ts";
import { byKey, rowsOf, type ListedTask, type Tasks } from "./task-rows.ts";
import { TASKS_KEY } from "./task-updates.ts";

/** All tasks, page by page. The first page shows while the others load. Events keep the list up to date. */
export function useTasks(first?: TaskListJson): UseQueryResult<Tasks> {
  const client = useQueryClient();
  return useQuery({
    queryKey: TASKS_KEY,
    queryFn: ({ signal }) => loadAll(client, signal),
    // `rowsOf` keeps the identity of unchanged rows, so a second comparison of ten thousand rows is needless.
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
    const page: TaskListJson = await call("GET /api/tasks", {
      query: { limit: "500", cursor: cursor ?? undefined },
    });
    signal.throwIfAborted();
    rows.push(...rowsOf(page, known));
    cursor = page.next_cursor;
    if (cursor === null) return { rows, total: page.total, complete: true };
    // The first load shows what has arrived; a later load keeps the old list visible until the new one is
    // complete.
    if (shown?.complete !== true)
      client.setQueryData<Tasks>(TASKS_KEY, { rows: [...rows], total: page.total, complete: false });
  }
}

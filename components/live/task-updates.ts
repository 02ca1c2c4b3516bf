import type { QueryClient } from "@tanstack/react-query";
import type { LockstepEvent } from "../../lib/protocol/event.ts";
import { call } from "./api.ts";
import { byKey, mergeRows, rowKey, rowsOf, type Tasks } from "./task-rows.ts";

export const TASKS_KEY = ["tasks", "all"] as const;

/** The most tasks that one request may name. */
const MAX_NAMED = 100;

/** The tasks to fetch again: the named tasks, or every task that is not in step. Null means all tasks. */
export interface TaskNews {
  source: string;
  ids: readonly string[] | "unsettled" | null;
}

export function taskNews(event: LockstepEvent): TaskNews | null {
  switch (event.event) {
    case "tasks_changed":
      return { source: event.source, ids: event.more === true ? null : event.ids };
    case "sync_conflict_detected":
    case "sync_conflict_resolved":
      return { source: event.source, ids: [event.task_id] };
    case "schedule_config_updated":
      return { source: event.source, ids: event.more === true ? "unsettled" : event.task_ids };
    case "sync_run_finished":
      return { source: event.source, ids: "unsettled" };
    case "sync_status_changed":
    case "sync_source_stale":
    case "sync_sources_changed":
    case "sync_round_changed":
    case "audit_changed":
    case "objects_changed":
    case "object_field_changed":
      return null;
  }
}

/**
 * Fetches the named tasks and puts them into the list. If there are too many, or the list is still loading, it
 * fetches the whole list.
 */
export async function refreshTasks(client: QueryClient, news: readonly TaskNews[]): Promise<void> {
  void client.invalidateQueries({
    queryKey: ["tasks"],
    predicate: (query) => query.queryKey[1] !== TASKS_KEY[1],
  });
  const known = client.getQueryData<Tasks>(TASKS_KEY);
  if (!known) return;
  const wanted = idsBySource(news, known);
  if (wanted === null || !known.complete) return client.invalidateQueries({ queryKey: TASKS_KEY });
  for (const [source, ids] of wanted) {
    const page = await call("GET /api/tasks", {
      query: { limit: "500", source, id: ids.join(",") },
    }).catch(() => null);
    if (page === null) return client.invalidateQueries({ queryKey: TASKS_KEY });
    client.setQueryData<Tasks>(
      TASKS_KEY,
      (now) =>
        now &&
        mergeRows(
          now,
          ids.map((id) => rowKey(source, id)),
          rowsOf(page, byKey(now.rows)),
        ),
    );
  }
}

/** Ids by source; null when there are too many to name. */
function idsBySource(news: readonly TaskNews[], { rows }: Tasks): Map<string, string[]> | null {
  const wanted = new Map<string, Set<string>>();
  const want = (source: string, id: string) => {
    // The event of a conflict that closed without a choice may name no task.
    if (id !== "") wanted.set(source, (wanted.get(source) ?? new Set()).add(id));
  };
  for (const { source, ids } of news) {
    if (ids === null) return null;
    if (ids === "unsettled") {
      for (const { task, standing } of rows)
        if (standing.sync !== "synced" && task.source === source) want(source, String(task.id));
    } else for (const id of ids) want(source, id);
  }
  if ([...wanted.values()].some((ids) => ids.size > MAX_NAMED)) return null;
  return new Map([...wanted].map(([source, ids]) => [source, [...ids]]));
}

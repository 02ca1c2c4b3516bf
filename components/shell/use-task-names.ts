"use client";

import { useQuery } from "@tanstack/react-query";
import { call } from "../live/api.ts";

/** A task that is named somewhere by its id; of any source when none is given. */
export interface NamedTask {
  task_id?: string | undefined;
  source?: string | undefined;
}

/** The most tasks that are asked for; lists show no more. */
const MOST = 100;

/**
 * Gives the names of tasks that are known by their ids, as far as they are still there. The function returns undefined for
 * others and while it is loading.
 */
export function useTaskNames(tasks: readonly NamedTask[]): (task: NamedTask) => string | undefined {
  const ids = [...new Set(tasks.flatMap(({ task_id }) => task_id ?? []))].sort().slice(0, MOST);
  const sources = new Set(tasks.map(({ source }) => source));
  const source = sources.size === 1 ? [...sources][0] : undefined;
  const { data } = useQuery({
    queryKey: ["tasks", "names", source ?? null, ...ids],
    queryFn: () => call("GET /api/tasks", { query: { id: ids.join(","), source, limit: "500" } }),
    // An id may hold a comma, or two sources may be meant; a name that is missing is no reason to ask again.
    retry: false,
    enabled: ids.length > 0,
  });
  return (wanted) =>
    data?.tasks.find(
      (task) =>
        String(task.id) === wanted.task_id && (wanted.source === undefined || task.source === wanted.source),
    )?.skill_name;
}

/** `Task 2 (ledger-close)`, or without the name where it is not known. */
export function taskNamed(id: string, name: string | undefined): string {
  return name === undefined ? `Task ${id}` : `Task ${id} (${name})`;
}

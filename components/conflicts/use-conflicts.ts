"use client";

import { type QueryClient, useInfiniteQuery, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ConflictJson, ConflictListJson } from "../../lib/protocol/conflict.ts";
import { api } from "../live/api.ts";

const OVER_PAGE = 50;
const OPEN_KEY = ["conflicts", "list", "pending"] as const;

/** Every open conflict, oldest first; `first` is the server's first look. */
export function useOpenConflicts(first?: ConflictListJson): UseQueryResult<ConflictJson[]> {
  return useQuery({
    queryKey: OPEN_KEY,
    queryFn: ({ signal }) => loadOpen(signal),
    ...(first?.next_cursor === null ? { initialData: first.conflicts, initialDataUpdatedAt: 0 } : {}),
  });
}

/** Those that are over, the last one first, page after page. */
export function useClosedConflicts(source?: string) {
  return useInfiniteQuery({
    queryKey: ["conflicts", "list", "over", source ?? null],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ state: "over", limit: String(OVER_PAGE) });
      if (source !== undefined) query.set("source", source);
      if (pageParam !== null) query.set("cursor", pageParam);
      return api<ConflictListJson>("GET", `/api/sync/conflicts?${query}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** One conflict, open or over, for who follows a link to it. */
export function useConflict(id: string | null, enabled: boolean): UseQueryResult<ConflictJson> {
  return useQuery({
    queryKey: ["conflicts", "one", id],
    queryFn: async () =>
      (await api<{ conflict: ConflictJson }>("GET", `/api/sync/conflicts/${encodeURIComponent(id ?? "")}`))
        .conflict,
    enabled: enabled && id !== null,
  });
}

/** Shows a conflict as it is by now, without waiting for the next look. */
export function putConflict(client: QueryClient, fresh: Partial<ConflictJson> & { task_id: string }): void {
  client.setQueryData<ConflictJson[]>(OPEN_KEY, (list) =>
    list?.map((each) =>
      each.task_id === fresh.task_id && (fresh.conflict_id ?? each.conflict_id) === each.conflict_id
        ? { ...each, ...fresh }
        : each,
    ),
  );
}

async function loadOpen(signal: AbortSignal): Promise<ConflictJson[]> {
  const conflicts: ConflictJson[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const after: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: ConflictListJson = await api<ConflictListJson>(
      "GET",
      `/api/sync/conflicts?state=pending&limit=500${after}`,
    );
    signal.throwIfAborted();
    conflicts.push(...page.conflicts);
    cursor = page.next_cursor;
  }
  return conflicts;
}

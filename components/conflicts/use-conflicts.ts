"use client";

import { type QueryClient, useInfiniteQuery, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ConflictJson, ConflictListJson, ShownConflict } from "../../lib/protocol/conflict.ts";
import { storedConflictFromWire } from "../../lib/protocol/wire.ts";
import { call } from "../live/api.ts";

const OVER_PAGE = 50;
const OPEN_KEY = ["conflicts", "list", "pending"] as const;

/** Every open conflict, oldest first; `first` is the page of conflicts that came with the HTML. */
export function useOpenConflicts(first?: ConflictListJson): UseQueryResult<ShownConflict[]> {
  return useQuery({
    queryKey: OPEN_KEY,
    queryFn: ({ signal }) => loadOpen(signal),
    ...(first?.next_cursor === null
      ? { initialData: first.conflicts.map(storedConflictFromWire<ConflictJson>), initialDataUpdatedAt: 0 }
      : {}),
  });
}

/** Past conflicts, newest first, page by page. */
export function useClosedConflicts(source?: string) {
  return useInfiniteQuery({
    queryKey: ["conflicts", "list", "over", source ?? null],
    queryFn: async ({ pageParam }) => {
      const query = {
        state: "over",
        limit: String(OVER_PAGE),
        source,
        cursor: pageParam ?? undefined,
      } as const;
      const page = await call("GET /api/sync/conflicts", { query });
      return { ...page, conflicts: page.conflicts.map(storedConflictFromWire<ConflictJson>) };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** One conflict, open or over, for a link to it. */
export function useConflict(id: string | null, enabled: boolean): UseQueryResult<ShownConflict> {
  return useQuery({
    queryKey: ["conflicts", "one", id],
    queryFn: async () => {
      const { conflict } = await call("GET /api/sync/conflicts/:id", { params: { id: id ?? "" } });
      return storedConflictFromWire(conflict);
    },
    enabled: enabled && id !== null,
  });
}

/** Puts a newer state of a conflict into the list, without fetching the list. */
export function putConflict(client: QueryClient, fresh: Partial<ShownConflict> & { task_id: string }): void {
  client.setQueryData<ShownConflict[]>(OPEN_KEY, (list) =>
    list?.map((each) =>
      each.task_id === fresh.task_id && (fresh.conflict_id ?? each.conflict_id) === each.conflict_id
        ? { ...each, ...fresh }
        : each,
    ),
  );
}

async function loadOpen(signal: AbortSignal): Promise<ShownConflict[]> {
  const conflicts: ShownConflict[] = [];
  for (let cursor: string | null | undefined = undefined; cursor !== null;) {
    const page: ConflictListJson = await call("GET /api/sync/conflicts", {
      query: { state: "pending", limit: "500", cursor },
    });
    signal.throwIfAborted();
    conflicts.push(...page.conflicts.map(storedConflictFromWire<ConflictJson>));
    cursor = page.next_cursor;
  }
  return conflicts;
}

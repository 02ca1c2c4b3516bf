"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ObjectTypesJson } from "../../lib/protocol/object.ts";
import { call } from "../live/api.ts";

/** How often the freshness of types is looked at between events, in milliseconds: it changes by time alone. */
const FRESHNESS_MS = 60_000;
/** How often a pull under way is looked at, in milliseconds: not each of its ends is an event. */
const LOOK_AGAIN_MS = 1_500;
const PAGE = "20";

/** The types of objects with their freshness; `first` came with the HTML. */
export function useObjectTypes(first: ObjectTypesJson) {
  return useQuery({
    queryKey: ["objects", "types"],
    queryFn: () => call("GET /api/object-types"),
    initialData: first,
    initialDataUpdatedAt: 0,
    refetchInterval: FRESHNESS_MS,
  });
}

/** One object with what it hangs from. */
export function useObject(id: string) {
  return useQuery({
    queryKey: ["objects", "one", id],
    queryFn: () => call("GET /api/objects/:id", { params: { id } }),
  });
}

/** How an object changed, newest first, page by page. */
export function useObjectHistory(id: string) {
  return useInfiniteQuery({
    queryKey: ["objects", "history", id],
    queryFn: ({ pageParam }) =>
      call("GET /api/objects/:id/history", {
        params: { id },
        query: { limit: PAGE, cursor: pageParam ?? undefined },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** The records of a source's pulls, newest first, page by page. */
export function usePulls(source: string) {
  return useInfiniteQuery({
    queryKey: ["objects", "pulls", source],
    queryFn: ({ pageParam }) =>
      call("GET /api/sources/:id/pulls", {
        params: { id: source },
        query: { limit: PAGE, cursor: pageParam ?? undefined },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.pulls[0]?.state === "running" ? LOOK_AGAIN_MS : false,
  });
}

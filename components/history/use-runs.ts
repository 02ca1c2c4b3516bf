"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ActivityJson, ActivityRange } from "../../lib/protocol/activity.ts";
import type { HistoryJson, Outcome, RunDetail } from "../../lib/protocol/run.ts";
import type { Trigger } from "../../lib/protocol/trigger.ts";
import { api } from "../live/api.ts";

export interface RunFilter {
  outcome: Outcome | "all";
  trigger: Trigger | "all";
  /** Undefined: all sources. */
  source?: string | undefined;
}

const PAGE = 50;

/** Runs, newest first, page by page; `first` is the page of runs that came with the HTML. */
export function useRuns({ outcome, trigger, source }: RunFilter, first: HistoryJson) {
  const unfiltered = outcome === "all" && trigger === "all" && source === undefined;
  return useInfiniteQuery({
    queryKey: ["runs", "list", outcome, trigger, source ?? null],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ limit: String(PAGE) });
      if (outcome !== "all") query.set("outcome", outcome);
      if (trigger !== "all") query.set("trigger", trigger);
      if (source !== undefined) query.set("source", source);
      if (pageParam !== null) query.set("cursor", pageParam);
      return api<HistoryJson>("GET", `/api/sync/history?${query}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    ...(unfiltered ? { initialData: { pages: [first], pageParams: [null] }, initialDataUpdatedAt: 0 } : {}),
  });
}

/** One run with its changes, page by page, because an import may change every task. */
export function useRun(id: string) {
  return useInfiniteQuery({
    queryKey: ["runs", "one", id],
    queryFn: ({ pageParam }) => {
      const cursor = pageParam === null ? "" : `&cursor=${encodeURIComponent(pageParam)}`;
      return api<RunDetail>("GET", `/api/sync/history/${encodeURIComponent(id)}?limit=${PAGE}${cursor}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // A finished run never changes.
    staleTime: Infinity,
  });
}

export function useActivity(range: ActivityRange, source: string | undefined) {
  const of = source === undefined ? "" : `&source=${encodeURIComponent(source)}`;
  return useQuery({
    queryKey: ["runs", "activity", range, source ?? null],
    queryFn: () => api<ActivityJson>("GET", `/api/sync/activity?range=${range}${of}`),
    placeholderData: keepPreviousData,
  });
}

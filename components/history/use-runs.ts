"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ActivityRange } from "../../lib/protocol/activity.ts";
import type { HistoryJson, Outcome } from "../../lib/protocol/run.ts";
import type { Trigger } from "../../lib/protocol/trigger.ts";
import { call } from "../live/api.ts";

export interface RunFilter {
  outcome: Outcome | "all";
  trigger: Trigger | "all";
  /** All sources when undefined. */
  source?: string | undefined;
}

const PAGE = 50;

/** Runs, newest first, page by page; `first` is the page of runs that came with the HTML. */
export function useRuns({ outcome, trigger, source }: RunFilter, first: HistoryJson) {
  const unfiltered = outcome === "all" && trigger === "all" && source === undefined;
  return useInfiniteQuery({
    queryKey: ["runs", "list", outcome, trigger, source ?? null],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: String(PAGE),
        outcome: outcome === "all" ? undefined : outcome,
        trigger: trigger === "all" ? undefined : trigger,
        source,
        cursor: pageParam ?? undefined,
      };
      return call("GET /api/sync/history", { query });
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
      const query = { limit: String(PAGE), cursor: pageParam ?? undefined };
      return call("GET /api/sync/history/:run_id", { params: { run_id: id }, query });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // A finished run never changes.
    staleTime: Infinity,
  });
}

export function useStats(range: ActivityRange, source: string | undefined) {
  return useQuery({
    queryKey: ["runs", "stats", range, source ?? null],
    queryFn: () => call("GET /api/sync/stats", { query: { range, source } }),
    placeholderData: keepPreviousData,
  });
}

export function useActivity(range: ActivityRange, source: string | undefined) {
  return useQuery({
    queryKey: ["runs", "activity", range, source ?? null],
    queryFn: () => call("GET /api/sync/activity", { query: { range, source } }),
    placeholderData: keepPreviousData,
  });
}

"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import type { AuditListJson } from "../../lib/protocol/audit.ts";
import { call } from "../live/api.ts";
import { apiQuery, type AuditFilter, isFiltered } from "./audit-filter.ts";

const PAGE = 60;

/** Entries, newest first, page by page; `first` is the page of entries that came with the HTML. */
export function useAudit(filter: AuditFilter, first?: AuditListJson) {
  const query = apiQuery(filter);
  return useInfiniteQuery({
    queryKey: ["audit", query.toString()],
    queryFn: ({ pageParam }) => {
      const page = {
        ...Object.fromEntries(query),
        limit: String(PAGE),
        cursor: pageParam ?? undefined,
        // The entries of one task or one run are shown one by one.
        collapse: filter.task === "" && filter.run === "" ? ("true" as const) : undefined,
      };
      return call("GET /api/audit", { query: page });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    ...(first && !isFiltered(filter)
      ? { initialData: { pages: [first], pageParams: [null] }, initialDataUpdatedAt: 0 }
      : {}),
  });
}

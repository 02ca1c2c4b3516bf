"use client";

import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { StatusJson } from "../../lib/protocol/status.ts";
import { call } from "../live/api.ts";

export const InitialStatusContext = createContext<StatusJson | undefined>(undefined);

const STATUS_KEY = ["status"] as const;

/** The sync status, first as it came with the HTML and then kept up to date by events. */
export function useStatus(): UseQueryResult<StatusJson> & { data: StatusJson } {
  const initial = useContext(InitialStatusContext);
  const result = useQuery({
    queryKey: STATUS_KEY,
    queryFn: () => call("GET /api/sync/status"),
    ...(initial ? { initialData: initial } : {}),
  });
  return result as UseQueryResult<StatusJson> & { data: StatusJson };
}

/** The status of one source. Undefined stands for the only source, or for all sources together. */
export function useStatusOf(source: string | undefined): UseQueryResult<StatusJson> {
  const together = useStatus();
  const one = useQuery({
    queryKey: [...STATUS_KEY, source],
    queryFn: () => call("GET /api/sync/status", { query: { source } }),
    enabled: source !== undefined,
  });
  return source === undefined ? together : one;
}

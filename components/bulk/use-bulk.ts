import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import type { BulkActionJson } from "../../lib/protocol/bulk.ts";
import { call } from "../live/api.ts";
import { TASKS_KEY } from "../live/task-updates.ts";

/** How often the page asks how far an action is, in milliseconds. */
const ASK_EVERY_MS = 400;

export const bulkKey = (id: string) => ["runs", "bulk", id] as const;
export const BULK_LIST_KEY = ["runs", "bulk", "list"] as const;

/** A bulk action, asked for again while it goes on. The list of tasks is fetched again when it ends. */
export function useBulk(id: string): UseQueryResult<BulkActionJson> {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: bulkKey(id),
    queryFn: async () => (await call("GET /api/bulk-actions/:id", { params: { id } })).bulk_action,
    refetchInterval: ({ state: { data } }) => (data?.state === "running" ? ASK_EVERY_MS : false),
  });
  const { data } = query;
  const partly = data !== undefined && data.state !== "running" && data.changed < data.total;
  useEffect(() => {
    // Tasks that were left out were shown as changed.
    if (partly) void client.invalidateQueries({ queryKey: TASKS_KEY });
  }, [partly, client]);
  return query;
}

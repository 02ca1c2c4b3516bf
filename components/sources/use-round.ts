"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RoundJson } from "../../lib/protocol/round.ts";
import type { AnswerOf } from "../../lib/protocol/route-types.ts";
import { call } from "../live/api.ts";
import { toast } from "../ui/toast.ts";

/** How often the progress of a run is fetched between events, in milliseconds. */
const LOOK_AGAIN_MS = 1_500;

/**
 * Asks for a run of a source, with `cascade` also of every source that depends on it, and follows it to
 * its end.
 */
export function useRound() {
  const client = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const round = useQuery({
    queryKey: ["rounds", id],
    queryFn: async () => (await call("GET /api/sync/rounds/:id", { params: { id: id ?? "" } })).round,
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.finished_at === null ? LOOK_AGAIN_MS : false),
  });
  const start = useMutation({
    mutationFn: async (body: { source: string; cascade: boolean }) =>
      begunBy(await call("POST /api/sync/trigger", { query: { wait: "false" }, body })),
    onSuccess: (begun) => {
      client.setQueryData(["rounds", begun.id], begun);
      setId(begun.id);
    },
    onError: (error) => toast.error("The sync could not run", { description: error.message }),
  });
  return { round: round.data ?? null, start: start.mutate, close: () => setId(null) };
}

/** The round that a request which does not wait has started. */
function begunBy({ round }: AnswerOf<"POST /api/sync/trigger">): RoundJson {
  if (!round) throw new Error("The server did not say which round it started.");
  return round;
}

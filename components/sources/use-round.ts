"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RoundJson } from "../../lib/protocol/round.ts";
import { api } from "../live/api.ts";
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
    queryFn: async () => (await api<{ round: RoundJson }>("GET", `/api/sync/rounds/${id}`)).round,
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.finished_at === null ? LOOK_AGAIN_MS : false),
  });
  const start = useMutation({
    mutationFn: async (body: { source: string; cascade: boolean }) =>
      (await api<{ round: RoundJson }>("POST", "/api/sync/trigger?wait=false", body)).round,
    onSuccess: (begun) => {
      client.setQueryData(["rounds", begun.id], begun);
      setId(begun.id);
    },
    onError: (error) => toast.error("The sync was not done", { description: error.message }),
  });
  return { round: round.data ?? null, start: start.mutate, close: () => setId(null) };
}

"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { HaltJson } from "../../lib/protocol/run.ts";
import { call } from "../live/api.ts";
import { toast } from "../ui/toast.ts";
import { countsInWords } from "./run-words.ts";

/** Gives the side that lost tasks these back; a notice says how it ended. */
export function usePutBack() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ plan_hash, source }: HaltJson) =>
      (await call("POST /api/sync/put-back", { body: { plan_hash, source } })).run,
    onSuccess: (run) => {
      if (run.outcome === "halted") toast.error("Halted again", { description: run.halt?.reason ?? "" });
      else if (run.outcome === "failed")
        toast.error("They could not be put back", { description: run.problems[0]?.message ?? "" });
      else toast.success(`Put back: ${countsInWords(run.counts)}`);
    },
    onError: (error) => toast.error("They could not be put back", { description: error.message }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["runs"] }),
        client.invalidateQueries({ queryKey: ["status"] }),
      ]),
  });
}

"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { TriggerBody } from "../../lib/protocol/trigger.ts";
import { api } from "../live/api.ts";
import { toast } from "../ui/toast.ts";
import { confirmHalt } from "./confirm-halt.ts";
import { countsInWords } from "./run-words.ts";

/** Asks for a run, waits for it, and tells in a toast what came of it. */
export function useTrigger() {
  return useAskedRun(async (body: TriggerBody) => (await api<{ run: RunSummary }>("POST", "/api/sync/trigger", body)).run);
}

export function useConfirmHalt() {
  return useAskedRun(confirmHalt);
}

function useAskedRun<Asked>(ask: (asked: Asked) => Promise<RunSummary>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ask,
    onSuccess: tell,
    onError: (error) => toast.error("The sync was not done", { description: error.message }),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ["status"] }), client.invalidateQueries({ queryKey: ["runs"] })]),
  });
}

function tell(run: RunSummary): void {
  const words = countsInWords(run.counts);
  if (run.outcome === "succeeded") toast.success(`Synced: ${words}`);
  else if (run.outcome === "conflicted") toast.warning(`Synced as far as possible: ${words}`, { description: "Tasks in conflict wait for an admin to choose." });
  else if (run.outcome === "halted") toast.error("Halted before anything was changed", { description: run.halt?.reason ?? words });
  else toast.error("The run failed", { description: run.problems[0]?.message ?? "The history tells more." });
}

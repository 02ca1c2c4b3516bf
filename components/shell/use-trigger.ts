"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RoundJson } from "../../lib/protocol/round.ts";
import type { HaltJson, RunCounts, RunSummary } from "../../lib/protocol/run.ts";
import type { TriggerInput } from "../../lib/protocol/trigger.ts";
import { call } from "../live/api.ts";
import { toast } from "../ui/toast.ts";
import { confirmHalt } from "./confirm-halt.ts";
import { countsInWords, plural } from "./run-words.ts";

interface Answer {
  /** The run, or the worst of several runs; undefined when every source was skipped. */
  run?: RunSummary;
  round?: RoundJson;
}

/** Asks for a run, waits for it, and shows its outcome in a notice. */
export function useTrigger() {
  return useAskedRun((body: TriggerInput) => call("POST /api/sync/trigger", { body }));
}

export function useConfirmHalt() {
  return useAskedRun(async (halt: HaltJson): Promise<Answer> => ({ run: await confirmHalt(halt) }));
}

function useAskedRun<Asked>(ask: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ask,
    onSuccess: tell,
    onError: (error) => toast.error("The sync could not run", { description: error.message }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["status"] }),
        client.invalidateQueries({ queryKey: ["runs"] }),
      ]),
  });
}

function tell({ run, round }: Answer): void {
  if (round && round.total > 1) tellRound(round);
  else if (run) tellRun(run);
  else
    toast.warning("Nothing ran", { description: round?.sources[0]?.reason ?? "Every source was skipped." });
}

function tellRound({ sources, total }: RoundJson): void {
  const bad = sources.filter(({ state }) => state !== "succeeded" && state !== "conflicted");
  const conflicts = sources.reduce((sum, { run }) => sum + (run?.counts.conflicts ?? 0), 0);
  const [first] = bad;
  const words = countsInWords(sources.reduce((sum, { run }) => added(sum, run?.counts), NO_COUNTS));
  if (first)
    toast.error(`${bad.length} of ${plural(total, "source")} did not sync`, {
      description: `${first.source}: ${first.reason ?? first.run?.halt?.reason ?? first.run?.problems[0]?.message ?? first.state}`,
    });
  else if (conflicts > 0)
    toast.warning(`Synced ${plural(total, "source")} as far as possible: ${words}`, {
      description: "Tasks in conflict wait for an admin to choose.",
    });
  else toast.success(`Synced ${plural(total, "source")}: ${words}`);
}

const NO_COUNTS: RunCounts = { created: 0, updated: 0, deleted: 0, merged: 0, conflicts: 0, problems: 0 };

function added(sum: RunCounts, counts: RunCounts | undefined): RunCounts {
  if (!counts) return sum;
  return {
    created: sum.created + counts.created,
    updated: sum.updated + counts.updated,
    deleted: sum.deleted + counts.deleted,
    merged: sum.merged + counts.merged,
    conflicts: sum.conflicts + counts.conflicts,
    problems: sum.problems + counts.problems,
  };
}

function tellRun(run: RunSummary): void {
  const words = countsInWords(run.counts);
  if (run.outcome === "succeeded") toast.success(`Synced: ${words}`);
  else if (run.outcome === "conflicted")
    toast.warning(`Synced as far as possible: ${words}`, {
      description: "Tasks in conflict wait for an admin to choose.",
    });
  else if (run.outcome === "halted")
    toast.error("Halted before anything was changed", { description: run.halt?.reason ?? words });
  else toast.error("The run failed", { description: run.problems[0]?.message ?? "See the history." });
}

"use client";

import { useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConflictJson, ResolveBody, ShownConflict } from "../../lib/protocol/conflict.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import { resolutionToWire, storedConflictFromWire } from "../../lib/protocol/wire.ts";
import { ApiError, call } from "../live/api.ts";
import { plural } from "../shell/run-words.ts";
import { useSides } from "../shell/use-side-names.ts";
import { toast } from "../ui/toast.ts";
import { conflictName } from "./conflict-name.ts";
import { putConflict } from "./use-conflicts.ts";
import { choiceFor } from "./words.ts";

interface Wish {
  conflict: ShownConflict;
  body: ResolveBody;
}

const RESOLVING = ["resolve"];

/** Whether this page is resolving a conflict. The event of its end may arrive before the answer. */
export function useIsResolving(): boolean {
  return useIsMutating({ mutationKey: RESOLVING }) > 0;
}

/**
 * Resolves one conflict and offers to undo it. If the conflict changed meanwhile, its new state is shown
 * instead.
 */
export function useResolve(onResolved: (conflict: ShownConflict) => void) {
  const client = useQueryClient();
  const undo = useUndo();
  const sides = useSides();
  return useMutation({
    mutationKey: RESOLVING,
    mutationFn: ({ conflict, body }: Wish) =>
      call("POST /api/sync/conflicts/:id/resolve", {
        params: { id: conflict.conflict_id },
        body: resolutionToWire(body),
      }),
    onSuccess: ({ run }, { conflict, body }) => {
      const failure = failureOf(run);
      if (failure !== null) {
        toast.error(`${conflictName(conflict)} is still in conflict`, { description: failure });
        return;
      }
      toast.success(
        `${conflictName(conflict)} resolved: ${choiceFor(body.choice, conflict.kind, sides(conflict.source))}${body.fields ? ", with your picks" : ""}`,
        { action: { label: "Undo", onClick: () => undo(run, [conflict.task_id]) }, duration: 12_000 },
      );
      onResolved(conflict);
    },
    onError: (error) => {
      const fresh =
        error instanceof ApiError ? (error.problem?.["conflict"] as ConflictJson | undefined) : undefined;
      if (fresh?.state === "pending") putConflict(client, storedConflictFromWire(fresh));
    },
    onSettled: () =>
      client.invalidateQueries({
        queryKey: ["conflicts"],
        predicate: ({ queryKey }) => queryKey[1] !== "preview" && queryKey[1] !== "texts",
      }),
  });
}

/** Why a run left its conflicts open; null when it did not. */
export function failureOf(run: RunSummary): string | null {
  if (run.outcome === "halted") return run.halt?.reason ?? "The run was halted.";
  if (run.outcome !== "failed") return null;
  return run.problems.at(-1)?.message ?? "The run failed; see the history.";
}

/** Undoes what a run did to these tasks, so that their conflicts are open again. */
export function useUndo(): (run: RunSummary, tasks: readonly string[]) => void {
  const client = useQueryClient();
  return (run, tasks) => {
    const work = call("POST /api/sync/history/:run_id/rollback", {
      params: { run_id: run.id },
      body: { tasks: [...tasks] },
    }).then(({ run: undone }) => {
      void client.invalidateQueries({ queryKey: ["conflicts"] });
      const failure = failureOf(undone);
      if (failure !== null) throw new Error(failure);
      return undone.counts.conflicts > 0
        ? `Undone: ${tasks.length === 1 ? "the conflict is" : `${plural(tasks.length, "conflict")} are`} open again`
        : "Undone";
    });
    const id = `undo-${run.id}`;
    toast.loading("Undoing…", { id });
    work.then(
      (text) => toast.success(text, { id }),
      (error: Error) => toast.error(`Not undone: ${error.message}`, { id }),
    );
  };
}

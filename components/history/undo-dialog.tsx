"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { PlanPreview } from "../../lib/protocol/plan.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { RollbackBody } from "../../lib/protocol/trigger.ts";
import { ApiError, call } from "../live/api.ts";
import { countsInWords, plural } from "../shell/run-words.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote, ErrorState } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { toast } from "../ui/toast.ts";
import { UndoPreview } from "./undo-preview.tsx";

interface UndoDialogProps {
  run: RunSummary;
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** Shows what undoing a run would do to both sides, and does exactly that. */
export function UndoDialog({ run, open, onOpenChange }: UndoDialogProps) {
  const [understood, setUnderstood] = useState(false);
  const preview = useQuery({
    queryKey: ["runs", "undo", run.id],
    queryFn: async () =>
      (await call("POST /api/sync/history/:run_id/preview", { params: { run_id: run.id } })).plan,
    enabled: open,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const plan = preview.data;
  const undo = useUndoRun(run.id, {
    onUndone: () => onOpenChange(false),
    // The plan has changed since it was shown, so the new plan is shown.
    onStale: () => void preview.refetch(),
  });
  const change = (next: boolean) => {
    undo.reset();
    setUnderstood(false);
    onOpenChange(next);
  };
  const nothing = plan !== undefined && plan.changes.length + plan.conflicts.length === 0;
  const unconfirmed = plan?.halt !== undefined && !understood;
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      size="large"
      title="Undo this run?"
      description="A new run brings both sides back to their state before this run. Later edits become conflicts, and nothing is lost."
      footer={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button
            look={plan?.halt ? "danger" : "primary"}
            disabled={!plan || nothing || unconfirmed || undo.isPending || preview.isFetching}
            onClick={() => plan && undo.mutate(plan)}
          >
            {undo.isPending
              ? "Undoing…"
              : plan?.halt
                ? `Undo and delete ${plan.halt.deletions.length} tasks`
                : "Undo"}
          </Button>
        </>
      }
    >
      <ErrorNote error={undo.error} />
      {plan ? (
        <UndoPreview plan={plan} source={run.source} understood={understood} onUnderstood={setUnderstood} />
      ) : preview.error ? (
        <ErrorState
          title="The undo could not be worked out"
          error={preview.error}
          onRetry={() => void preview.refetch()}
        />
      ) : (
        <SkeletonRows label="Working out what the undo does" rows={4} />
      )}
    </Dialog>
  );
}

interface UndoEvents {
  onUndone(): void;
  onStale(): void;
}

/** Undoes the run exactly by the shown plan, opens the page of the new run, and says how it ended. */
function useUndoRun(runId: string, { onUndone, onStale }: UndoEvents) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ hash, halt }: PlanPreview) => {
      const body: RollbackBody = { plan_hash: hash, ...(halt ? { allow_deletes: true } : {}) };
      return call("POST /api/sync/history/:run_id/rollback", { params: { run_id: runId }, body });
    },
    onSuccess: ({ run: { id, outcome, counts } }) => {
      onUndone();
      router.push(`/history/${id}`);
      if (outcome === "conflicted") {
        const waiting = plural(counts.conflicts, "conflict waits", "conflicts wait");
        toast.warning(`Undone, except for later edits; ${waiting}`, {
          action: { label: "Resolve", onClick: () => router.push("/conflicts") },
        });
      } else if (outcome === "succeeded") toast.success(`Undone: ${countsInWords(counts)}`);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === "stale_plan") onStale();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["runs", "list"] }),
  });
}

"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { HaltJson, RunSummary } from "../../lib/protocol/run.ts";
import type { RollbackBody, TriggerBody } from "../../lib/protocol/trigger.ts";
import { api } from "../live/api.ts";
import { countsInWords } from "../shell/run-words.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { toast } from "../ui/toast.ts";

/** Runs the very plan that was halted, deletions and all; refused when it is another by now. */
function confirmHalted(run: RunSummary, { plan_hash }: HaltJson): Promise<{ run: RunSummary }> {
  const allowed: RollbackBody = { allow_deletes: true, plan_hash };
  if (run.reverts !== undefined) return api("POST", `/api/sync/history/${run.reverts}/rollback`, allowed);
  const body: TriggerBody = { ...allowed, direction: run.direction, source: run.source };
  return api("POST", "/api/sync/trigger", body);
}

export function ConfirmHaltDialog({ run, halt, open, onOpenChange }: { run: RunSummary; halt: HaltJson; open: boolean; onOpenChange(open: boolean): void }) {
  const client = useQueryClient();
  const router = useRouter();
  const confirm = useMutation({
    mutationFn: () => confirmHalted(run, halt),
    onSuccess: ({ run: done }) => {
      onOpenChange(false);
      toast.success(`Confirmed: ${countsInWords(done.counts)}`);
      router.push(`/history/${done.id}`);
    },
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ["runs"] }), client.invalidateQueries({ queryKey: ["status"] })]),
  });
  const count = halt.deletions.length;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        confirm.reset();
        onOpenChange(next);
      }}
      size="small"
      title={`Delete ${count} tasks?`}
      description="They go on the side where they still stand. The run can be undone from its page, and the file as it is now is kept."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="danger" disabled={confirm.isPending} onClick={() => confirm.mutate()}>
            {confirm.isPending ? "Deleting…" : `Delete ${count} tasks`}
          </Button>
        </>
      }
    >
      <p className="text-sm">Exactly the run that was stopped is carried out. If anything has changed since, it is refused and you look again.</p>
      <ErrorNote error={confirm.error} />
    </Dialog>
  );
}

"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { HaltJson } from "../../lib/protocol/run.ts";
import { confirmHalt } from "../shell/confirm-halt.ts";
import { countsInWords } from "../shell/run-words.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { toast } from "../ui/toast.ts";

export function ConfirmHaltDialog({
  halt,
  open,
  onOpenChange,
}: {
  halt: HaltJson;
  open: boolean;
  onOpenChange(open: boolean): void;
}) {
  const client = useQueryClient();
  const router = useRouter();
  const confirm = useMutation({
    mutationFn: () => confirmHalt(halt),
    onSuccess: (done) => {
      onOpenChange(false);
      toast.success(`Confirmed: ${countsInWords(done.counts)}`);
      router.push(`/history/${done.id}`);
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["runs"] }),
        client.invalidateQueries({ queryKey: ["status"] }),
      ]),
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
      description="They are deleted on the side that still has them. The run can be undone from its page, and the present file is kept."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="danger" disabled={confirm.isPending} onClick={() => confirm.mutate()}>
            {confirm.isPending ? "Deleting…" : `Delete ${count} tasks`}
          </Button>
        </>
      }
    >
      <p className="text-sm">
        Exactly the plan of the stopped run is carried out. If it has changed since, it is refused and you
        look again.
      </p>
      <ErrorNote error={confirm.error} />
    </Dialog>
  );
}

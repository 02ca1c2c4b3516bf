"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { HaltJson } from "../../lib/protocol/run.ts";
import { confirmHalt } from "../shell/confirm-halt.ts";
import { countsInWords } from "../shell/run-words.ts";
import { useIsOfObjects } from "../shell/use-of-objects.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { toast } from "../ui/toast.ts";

export function ConfirmHaltDialog({
  halt,
  what,
  open,
  onOpenChange,
}: {
  halt: HaltJson;
  /** What would be deleted: `3 tasks`. */
  what: string;
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
  const ofObjects = useIsOfObjects(halt.source);
  const { isFile, side } = useSideNames(halt.source);
  const undo = `The run can be undone from its page${isFile ? `, and what ${side} says now is kept` : ""}.`;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        confirm.reset();
        onOpenChange(next);
      }}
      size="small"
      title={`Delete ${what}?`}
      description={
        ofObjects
          ? "They are marked as deleted here, because the other system has them no more."
          : `They are deleted on the side that still has them. ${undo}`
      }
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="danger" disabled={confirm.isPending} onClick={() => confirm.mutate()}>
            {confirm.isPending ? "Deleting…" : `Delete ${what}`}
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

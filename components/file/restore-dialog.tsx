"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Backup, RestoreBody } from "../../lib/protocol/file.ts";
import { call } from "../live/api.ts";
import { askUndo } from "../undo/ask-undo.ts";
import { countsInWords, OUTCOME } from "../shell/run-words.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { Time } from "../ui/time.tsx";
import { toast } from "../ui/toast.ts";

interface RestoreDialogProps {
  backup: Backup;
  source: string | undefined;
  /** Revision of the file that the difference was computed from; null when there is no file. */
  revision: string | null;
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** Asks before a version takes the file's place; a halted restore is confirmed on its run's page. */
export function RestoreDialog({ backup, source, revision, open, onOpenChange }: RestoreDialogProps) {
  const client = useQueryClient();
  const router = useRouter();
  const restore = useMutation({
    mutationFn: () => {
      const body: RestoreBody = {
        ...(revision === null ? {} : { revision }),
        ...(source === undefined ? {} : { source }),
      };
      return call("POST /api/sync/backups/:name/restore", { params: { name: backup.name }, body });
    },
    onSuccess: ({ run }) => {
      onOpenChange(false);
      const show = {
        action: { label: "Undo…", onClick: () => askUndo({ run }) },
        cancel: { label: "Show run", onClick: () => router.push(`/history/${run.id}`) },
        duration: 12_000,
      };
      if (run.outcome === "succeeded")
        toast.success(`Restored: ${countsInWords(run.counts)}. What stood there is kept as well.`, show);
      else if (run.outcome === "halted") router.push(`/history/${run.id}`);
      else
        toast.warning(
          `The file is restored; the run ended with: ${OUTCOME[run.outcome].text.toLowerCase()}`,
          show,
        );
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["file"] }),
  });
  const change = (next: boolean) => {
    restore.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      size="small"
      title="Restore this version?"
      description={
        <>
          The version of <Time at={backup.at} show="absolute" /> takes the file&apos;s place and is carried to
          the database like an edit by hand. The file as it is now is kept among the versions.
        </>
      }
      footer={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button look="primary" disabled={restore.isPending} onClick={() => restore.mutate()}>
            {restore.isPending ? "Restoring…" : "Restore"}
          </Button>
        </>
      }
    >
      <p className="text-sm">
        Edits that only the database has are not lost: where both sides changed the same field, a conflict
        waits for you.
      </p>
      <ErrorNote error={restore.error} />
    </Dialog>
  );
}

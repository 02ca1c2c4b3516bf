"use client";

import { OctagonAlert } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTasks } from "../live/use-tasks.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useMay } from "./actor-context.tsx";
import { plural } from "./run-words.ts";
import { useStatus } from "./use-status.ts";
import { useTrigger } from "./use-trigger.ts";

/** A run stopped before it deleted much: what it was about to do, and the way on. */
export function HaltBanner() {
  const { data: status } = useStatus();
  const [asking, setAsking] = useState(false);
  const { halt } = status;
  if (!halt) return null;
  return (
    <div role="alert" className="bg-bad-soft flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-2">
      <p className="text-bad-text flex min-w-0 flex-1 basis-64 items-start gap-2">
        <OctagonAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span>
          <strong className="font-semibold">Halted, nothing was changed.</strong> {halt.reason}
        </span>
      </p>
      <Button onClick={() => setAsking(true)}>Look and decide</Button>
      {asking && <Confirm reason={halt.reason} planHash={halt.plan_hash} deletions={halt.deletions} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Confirm({ reason, planHash, deletions, onClose }: { reason: string; planHash: string; deletions: readonly string[]; onClose(): void }) {
  const { may, why } = useMay("admin");
  const sync = useTrigger();
  const { data } = useTasks();
  const names = new Map(data?.rows.map(({ task }) => [String(task.id), task.skill_name]));
  const confirm = () => sync.mutate({ allow_deletes: true, plan_hash: planHash }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Delete ${plural(deletions.length, "task")}?`}
      description={reason}
      footer={
        <>
          {!may && <p className="text-muted mr-auto text-xs">{why}</p>}
          <Button onClick={onClose}>Leave as it is</Button>
          <Button look="danger" disabled={!may || sync.isPending} onClick={confirm}>
            {sync.isPending ? "Deleting…" : `Delete ${plural(deletions.length, "task")}`}
          </Button>
        </>
      }
    >
      <p className="mb-2">These tasks are gone from one side. To confirm deletes them on the other side too:</p>
      <ul className="bg-hover max-h-64 overflow-y-auto rounded-lg p-3" tabIndex={0} aria-label="Tasks to be deleted">
        {deletions.map((id) => (
          <li key={id} className="flex gap-3 py-0.5">
            <span className="text-muted min-w-10 font-mono text-xs leading-5">{id}</span>
            {names.get(id)}
          </li>
        ))}
      </ul>
      <p className="text-muted mt-3">
        Not what you meant? Put the tasks back where they are missing: <Link href="/file" onClick={onClose} className="text-accent-text underline">restore a kept version of the file</Link>, or
        save it again with them. The halt ends by itself. A deletion can be undone from the <Link href="/history" onClick={onClose} className="text-accent-text underline">history</Link>, too.
      </p>
    </Dialog>
  );
}

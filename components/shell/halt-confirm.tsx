"use client";

import { Link } from "../ui/link.tsx";
import type { HaltJson } from "../../lib/protocol/run.ts";
import { useTasks } from "../live/use-tasks.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useMay } from "./actor-context.tsx";
import { MissingRole } from "./missing-role.tsx";
import { plural } from "./run-words.ts";
import { useConfirmHalt } from "./use-trigger.ts";

/** Lists exactly the tasks that would be deleted, with a button to confirm that and links to restore them. */
export function HaltConfirm({ halt, onClose }: { halt: HaltJson; onClose(): void }) {
  const { may, why } = useMay("admin");
  const { reason, deletions, source } = halt;
  const sync = useConfirmHalt();
  const { data } = useTasks();
  const names = new Map(
    data?.rows
      .filter(({ task }) => source === undefined || task.source === source)
      .map(({ task }) => [String(task.id), task.skill_name]),
  );
  const confirm = () => sync.mutate(halt, { onSuccess: onClose });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Delete ${plural(deletions.length, "task")}?`}
      description={reason}
      footer={
        <>
          <MissingRole why={why} />
          <Button onClick={onClose}>Leave as it is</Button>
          {may && (
            <Button look="danger" disabled={sync.isPending} onClick={confirm}>
              {sync.isPending ? "Deleting…" : `Delete ${plural(deletions.length, "task")}`}
            </Button>
          )}
        </>
      }
    >
      <p className="mb-2">
        These tasks are gone from one side. Confirming deletes them on the other side too:
      </p>
      <ul
        className="bg-hover max-h-64 overflow-y-auto rounded-lg p-3"
        tabIndex={0}
        aria-label="Tasks to be deleted"
      >
        {deletions.map((id) => (
          <li key={id} className="flex gap-3 py-0.5">
            <span className="text-muted min-w-10 font-mono text-xs leading-5">{id}</span>
            {names.get(id)}
          </li>
        ))}
      </ul>
      <p className="text-muted mt-3">
        Not what you meant? Put the tasks back where they are missing:{" "}
        <Link href="/file" onClick={onClose} className="text-accent-text underline">
          restore a kept version of the file
        </Link>
        , or save it again with them. The halt ends by itself. A deletion can be undone from the{" "}
        <Link href="/history" onClick={onClose} className="text-accent-text underline">
          history
        </Link>
        , too.
      </p>
    </Dialog>
  );
}
